"""The process that runs user code: started by the server, obeys only the server that started it."""
