"""The report as one web page: pieces of HTML, and what joins them."""
