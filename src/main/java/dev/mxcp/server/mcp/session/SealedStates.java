package dev.mxcp.server.mcp.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Gives clients something to keep that they can neither read nor change (M22.5): encrypted and
/// authenticated with a key that all replicas of a server share, and good for a limited time.
/// Thread-safe.
public final class SealedStates {
    private static final byte[] PURPOSE = "mxcp requestState 1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Duration life;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /// @param secret of any length
    /// @param life how long after sealing a state can be opened
    public SealedStates(byte[] secret, Duration life, InstantSource clock) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            this.key = new SecretKeySpec(mac.doFinal(PURPOSE), "AES");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
        this.life = life;
        this.clock = clock;
    }

    /// A secret for a server that has no replicas.
    public static byte[] randomSecret() {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /// Seals a state.
    public String seal(byte[] state) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer plain =
                ByteBuffer.allocate(Long.BYTES + state.length)
                        .putLong(clock.instant().plus(life).toEpochMilli())
                        .put(state);
        byte[] hidden = crypt(Cipher.ENCRYPT_MODE, nonce, plain.array()).orElseThrow();
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
        System.arraycopy(hidden, 0, all, NONCE_BYTES, hidden.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /// The state, unless it was not sealed here, was changed or is too old.
    public Optional<byte[]> open(String sealed) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        if (all.length <= NONCE_BYTES + Long.BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        byte[] hidden = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
        return crypt(Cipher.DECRYPT_MODE, nonce, hidden)
                .filter(plain -> plain.length >= Long.BYTES)
                .filter(this::isFresh)
                .map(plain -> Arrays.copyOfRange(plain, Long.BYTES, plain.length));
    }

    private boolean isFresh(byte[] plain) {
        Instant end = Instant.ofEpochMilli(ByteBuffer.wrap(plain).getLong());
        return clock.instant().isBefore(end);
    }

    private Optional<byte[]> crypt(int mode, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(PURPOSE);
            return Optional.of(cipher.doFinal(bytes));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }
}
