package org.phasezoo.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/// The embedded images, read once and checked against their SHA-256. Source and licence stand
/// beside the resource.
final class DigitImages {
    static final int COUNT = 1797;

    private static final String SHA_256 =
            "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a";
    private static final int PIXELS = 64;

    private final byte[] pixels = new byte[COUNT * PIXELS];
    private final int[] labels = new int[COUNT];

    private static final class Holder {
        static final DigitImages IMAGES = new DigitImages();
    }

    private DigitImages() {
        try (InputStream resource = DigitImages.class.getResourceAsStream("digits.csv.gz")) {
            if (resource == null) {
                throw new IllegalStateException(
                        "the resource digits.csv.gz is missing from the build");
            }
            byte[] packed = resource.readAllBytes();
            String found =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(packed));
            if (!found.equals(SHA_256)) {
                throw new IllegalStateException(
                        "digits.csv.gz has SHA-256 "
                                + found
                                + ", not "
                                + SHA_256
                                + "; build again from a clean checkout");
            }
            byte[] text = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
            parse(new String(text, StandardCharsets.US_ASCII).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void parse(String[] lines) {
        for (int i = 0; i < COUNT; i++) {
            String[] fields = lines[i].strip().split(",");
            for (int j = 0; j < PIXELS; j++) {
                pixels[i * PIXELS + j] = (byte) Double.parseDouble(fields[j]);
            }
            labels[i] = (int) Double.parseDouble(fields[PIXELS]);
        }
    }

    static DigitImages get() {
        return Holder.IMAGES;
    }

    int pixel(int index) {
        return pixels[index];
    }

    int[] labels() {
        return labels.clone();
    }
}
