"""Tools and prompts that say more than text."""
import base64
import json
import struct

from mxcp.content import Audio, EmbeddedResource, Image, Message

RED_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def _silence():
    samples = bytes(80)
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    return head + struct.pack("<4sI", b"data", len(samples)) + samples


def test_audio_content():
    return Audio(_silence(), "audio/wav")


def test_embedded_resource():
    return EmbeddedResource("test://embedded-resource", "This is an embedded resource content.")


def test_multiple_content_types():
    yield "Multiple content types test:"
    yield Image(RED_DOT)
    yield EmbeddedResource(
        "test://mixed-content-resource", json.dumps({"test": "data", "value": 123}), mime_type="application/json"
    )


def test_prompt_with_embedded_resource(resourceUri):
    return [
        Message(EmbeddedResource(resourceUri, "Embedded resource content for testing.")),
        "Please process the embedded resource above.",
    ]


def test_prompt_with_image():
    return [Image(RED_DOT), "Please analyze the image above."]
