-- Read by the engine before anything else (lualatex --lua=walls.lua): what Lua may do in it.
--
-- TeX itself is kept in by openin_any and openout_any; Lua is not, or wrongly: LuaTeX up to 1.16 lets io.open read
-- anything; from 1.17 on it holds Lua to openin_any as well, which stops luaotfload's reading of its own files. So each
-- function of Lua that takes a file's name is given a keeper here, before any other code can keep the first one for itself:
-- a name is read under SYNOPSE_READ alone and written under SYNOPSE_WRITE alone (folders, a line each). What runs programs,
-- loads machine code, changes the environment or could look behind this is gone.

texconfig.formatname = os.getenv("SYNOPSE_FORMAT")

local getenv, currentdir, linkattributes = os.getenv, lfs.currentdir, lfs.symlinkattributes
local find, gmatch, sub, concat = string.find, string.gmatch, string.sub, table.concat
local pairs, ipairs, type, select, error = pairs, ipairs, type, select, error
local pack, unpack = table.pack, table.unpack
local NO = "refused: outside the folders of this document"

local function folders(variable)
  local found = {}
  for line in gmatch(getenv(variable) or "", "[^\n]+") do found[#found + 1] = line end
  return found
end

local readable, writable, own = folders("SYNOPSE_READ"), folders("SYNOPSE_WRITE"), folders("SYNOPSE_OWN")
local here = currentdir()

-- A name as an absolute path without "." and "..", or nil where it is no name of a file.
local function whole(name)
  if type(name) ~= "string" or find(name, "[%z|`\n]") then return nil end
  if sub(name, 1, 1) ~= "/" then name = here .. "/" .. name end
  local parts = {}
  for part in gmatch(name, "[^/]+") do
    if part == ".." then parts[#parts] = nil elseif part ~= "." then parts[#parts + 1] = part end
  end
  return "/" .. concat(parts, "/")
end

local function under(path, folder)
  return path == folder or sub(path, 1, #folder + 1) == folder .. "/"
end

-- In the document's own folders a link leads nowhere: only in the trees of TeX and the fonts are there any to follow.
local function is_linked(path, folder)
  local at = #folder
  while at do
    at = find(path, "/", at + 2, true)
    local state = linkattributes(at and sub(path, 1, at - 1) or path)
    if state and state.mode == "link" then return true end
  end
  return false
end

local function allowed(name, list)
  local path = whole(name)
  if not path then return false end
  for _, folder in ipairs(own) do
    if under(path, folder) and is_linked(path, folder) then return false end
  end
  for _, folder in ipairs(list) do
    if under(path, folder) then return true end
  end
  return false
end

local function may_read(name) return allowed(name, readable) or allowed(name, writable) end
local function may_write(name) return allowed(name, writable) end

-- A keeper for a function whose first argument is a name.
local function kept(f, may, or_else)
  if not f then return nil end
  return function(name, ...)
    if not may(name) then
      if or_else then return or_else(name) end
      return nil, tostring(name) .. ": " .. NO, 13
    end
    return f(name, ...)
  end
end

local function raise(name) error(tostring(name) .. ": " .. NO, 0) end
local function nothing() return nil, NO, 13 end

-- io
local open, lines, input, output = io.open, io.lines, io.input, io.output
function io.open(name, mode, ...)
  local writes = mode ~= nil and find(mode, "[wa+]")
  if not (writes and may_write or may_read)(name) then return nil, tostring(name) .. ": " .. NO, 13 end
  return open(name, mode, ...)
end
function io.lines(name, ...)
  if name == nil then return lines() end
  if not may_read(name) then raise(name) end
  return lines(name, ...)
end
function io.input(file)
  if type(file) == "string" and not may_read(file) then raise(file) end
  return input(file)
end
function io.output(file)
  if type(file) == "string" and not may_write(file) then raise(file) end
  return output(file)
end
io.popen, io.tmpfile = nothing, nothing

-- os
local rename = os.rename
function os.rename(from, to)
  if not (may_write(from) and may_write(to)) then return nothing() end
  return rename(from, to)
end
os.remove = kept(os.remove, may_write)
for _, name in ipairs { "execute", "exec", "spawn", "kpsepopen", "tmpname", "tmpdir" } do
  if os[name] then os[name] = nothing end
end
os.setenv = function() end

-- lfs
for _, name in ipairs { "attributes", "symlinkattributes", "isdir", "isfile", "readlink", "shortname" } do
  lfs[name] = kept(lfs[name], may_read)
end
lfs.dir = kept(lfs.dir, may_read, raise)
for _, name in ipairs { "mkdir", "rmdir", "touch", "mkdirp" } do
  lfs[name] = kept(lfs[name], may_write)
end
for _, name in ipairs { "chdir", "link", "lock_dir", "setmode" } do
  if lfs[name] then lfs[name] = nothing end
end

-- Code: as text from files that may be read, never a library of machine code.
loadfile = kept(loadfile, may_read)
dofile = kept(dofile, may_read, raise)
package.loadlib, package.cpath = nothing, ""
package.searchpath = kept(package.searchpath, function(name) return not find(name, "/", 1, true) end)
local require = require
function _G.require(name)
  if type(name) == "string" and find(name, "/", 1, true) and not may_read(name) then raise(name) end
  return require(name)
end

-- kpse: what it finds outside is not found.
for _, name in ipairs { "find_file", "lookup", "readable_file" } do
  local f = kpse[name]
  kpse[name] = f and function(...)
    local found = pack(f(...))
    for n = 1, found.n do
      if type(found[n]) == "string" and not may_read(found[n]) then found[n] = nil end
    end
    return unpack(found, 1, found.n)
  end
end
kpse.new, kpse.set_program_name = nothing, nothing

-- LuaTeX from 1.17 on asks these two before Lua opens a file (luatex-core.lua): it is told what the keepers say.
if kpse.in_name_ok_silent_extended then
  kpse.in_name_ok_silent_extended, kpse.out_name_ok_silent_extended = may_read, may_write
end

-- Other libraries that open files by name.
for library, names in pairs {
  fontloader = { "open", "info" }, zip = { "open", "openfile" }, gzip = { "open" }, pdfe = { "open" },
  font = { "read_tfm", "read_vf" }, vf = { "read" }, fio = { "open" }, pdfscanner = {},
} do
  local found = _G[library]
  for _, name in ipairs(found and names or {}) do
    if type(found[name]) == "function" then found[name] = kept(found[name], may_read) end
  end
end

if img then
  for _, name in ipairs { "scan", "new", "node", "immediatewrite", "write" } do
    local f = img[name]
    img[name] = f and function(image, ...)
      if type(image) == "table" and not may_read(image.filename) then raise(image.filename) end
      return f(image, ...)
    end
  end
end

-- pdf.obj and its kin take a file's name after the word "file", or in a table.
for _, name in ipairs { "obj", "immediateobj" } do
  local f = pdf and pdf[name]
  if f then
    pdf[name] = function(...)
      for n = 1, select("#", ...) do
        local word, after = select(n, ...)
        if (word == "file" or word == "streamfile") and not may_read(after) then raise(after) end
        if type(word) == "table" and word.file and not may_read(word.file) then raise(word.file) end
      end
      return f(...)
    end
  end
end

if mplib then
  local new = mplib.new
  function mplib.new(options)
    local finder = options and options.find_file or function(name) return name end
    local own = {}
    for key, value in pairs(options or {}) do own[key] = value end
    function own.find_file(name, mode, ...)
      local found = finder(name, mode, ...)
      return found and (mode == "w" and may_write or may_read)(found) and found or nil
    end
    return new(own)
  end
end

local harfbuzz = package.loaded.luaharfbuzz or luaharfbuzz
if harfbuzz and harfbuzz.Face then harfbuzz.Face.new = kept(harfbuzz.Face.new, may_read) end

-- Callbacks that answer with a file's name: an answer from outside is none. A picture is looked for by one of ours, for
-- newer engines (TeX Live 2026) hold \saveimageresource to nothing; whoever takes it away gets it back.
local told = callback.register
local function picture(name)
  local found = kpse.find_file(name, "tex", true)
  return type(found) == "string" and may_read(found) and found or nil
end
function callback.register(name, f)
  if type(f) == "function" and type(name) == "string" and find(name, "^find_") then
    local writes = name == "find_write_file"
    local inner = f
    f = function(...)
      local found = inner(...)
      if type(found) == "string" and not (writes and may_write or may_read)(found) then return nil end
      return found
    end
  end
  if name == "find_image_file" and type(f) ~= "function" then f = picture end
  return told(name, f)
end
told("find_image_file", picture)

-- What a format of our own takes along (typeset/format.py), called once, before any template is read: expl3 keeps its
-- integer arrays in Lua and saves them as Lua bytecode at the first dump; at a second one they would be lost, so they are
-- taken back from the bytecode first (expl3.lua, `register_luadata` and `get_luadata`). Since 2026 expl3 does so itself,
-- and the bytecode is gone by now; its table of Unicode, which cannot be written out a second time
-- (lua-uni-data-preload.lua), goes on as the code that it was read from.
local getupvalue, format, code_of = debug.getupvalue, string.format, string.dump
local function upvalue(f, wanted)
  for i = 1, 60 do
    local name, value = getupvalue(f, i)
    if not name then return nil end
    if name == wanted then return value end
  end
end

function synopse_carry()
  synopse_carry = nil
  local preload = package.preload["lua-uni-data"]
  local dump = luatexbase.remove_from_callback("pre_dump", "ltx.luadata")
  local luadata = upvalue(dump, "luadata")
  local tables = upvalue(luadata["__intarray"], "tables")
  local saved = lua.bytecode[upvalue(dump, "register")]
  if saved then
    for i, each in pairs(saved()["__intarray"]) do tables[i] = each end
  end
  if preload and luadata["lua-uni-data"] then
    luadata["lua-uni-data"] = function()
      return format("function() package.preload['lua-uni-data'] = load(%q, nil, 'b') end", code_of(preload, true))
    end
  end
  luatexbase.add_to_callback("pre_dump", dump, "ltx.luadata")
end
if not status.ini_version then synopse_carry = nil end

-- What could look behind the keepers goes before any other code is read, that of a format among it.
for n = #package.searchers, 3, -1 do package.searchers[n] = nil end
for _, name in ipairs {
  "getupvalue", "setupvalue", "upvalueid", "upvaluejoin", "getregistry", "getlocal", "setlocal", "sethook", "gethook",
  "getinfo", "getuservalue", "setuservalue", "debug",
} do
  debug[name] = nil
end
