def body(response) -> str:
    """The page that was answered, which must be one."""
    assert response.status_code == 200
    return response.content.decode()
