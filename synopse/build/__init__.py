"""One making of a review: its steps, what each is made from, and what is kept of them."""
