def page_size(client, path):
    """Errors are the caller's, whose client it is."""
    reply = client.get(path)
    reply.raise_for_status()
    return len(reply.content)
