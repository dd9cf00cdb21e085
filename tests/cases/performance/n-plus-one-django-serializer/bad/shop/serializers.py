def book_json(book):
    return {"title": book.title, "author": book.author.name}
