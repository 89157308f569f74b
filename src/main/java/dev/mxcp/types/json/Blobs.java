package dev.mxcp.types.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The text form of bytes in results (O4): the text itself where they are valid UTF-8, else base64.
public final class Blobs {
    private Blobs() {}

    public static String text(byte[] blob) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(blob)).toString();
        } catch (CharacterCodingException notText) {
            return Base64.getEncoder().encodeToString(blob);
        }
    }
}
