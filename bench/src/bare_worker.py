"""The other side of BareWorker.java: reads a number of sockets from stdin, connects them, answers on each in a thread."""

import json
import marshal
import socket
import struct
import sys
import threading

LENGTH = struct.Struct("<I")


def ok() -> dict:
    return {"ok": True}


def answer(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as channel:
        channel.connect(address)
        functions = {"ok": ok}
        while True:
            frame = channel.recv(65536)
            if not frame:
                return
            name, arguments = marshal.loads(frame[4:])
            result = json.dumps(functions[name](**arguments)).encode()
            payload = marshal.dumps((0, result), 2)
            channel.sendall(LENGTH.pack(len(payload)) + payload)


for line in sys.stdin:
    for _ in range(int(line)):
        threading.Thread(target=answer, args=(sys.argv[1],), daemon=True).start()
