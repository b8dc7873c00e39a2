package org.phasezoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkLogTest {
    @TempDir Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void append(String worker, String... idsAndPayloads) throws IOException {
        try (WorkLog.Writer out = WorkLog.Writer.open(folder.resolve("parts"), worker)) {
            for (int i = 0; i < idsAndPayloads.length; i += 2) {
                out.append(idsAndPayloads[i], bytes(idsAndPayloads[i + 1]));
            }
        }
    }

    private String payload(String id) throws IOException {
        return new String(
                WorkLog.read(folder.resolve("parts")).payload(id), StandardCharsets.UTF_8);
    }

    @Test
    void frames_of_all_workers_are_read_sorted_by_id() throws Exception {
        append("1", "c", "three", "a", "");
        append("0", "b", "two");
        WorkLog log = WorkLog.read(folder.resolve("parts"));
        assertThat(log.ids()).containsExactly("a", "b", "c");
        assertThat(payload("c")).isEqualTo("three");
        assertThat(payload("a")).isEmpty();
        assertThatThrownBy(() -> log.payload("d")).hasMessageContaining("\"d\"");
    }

    @Test
    void no_folder_is_an_empty_log() throws Exception {
        assertThat(WorkLog.read(folder.resolve("parts")).ids()).isEmpty();
    }

    @Test
    void of_several_frames_the_highest_sequence_counts() throws Exception {
        try (WorkLog.Writer out = WorkLog.Writer.open(folder.resolve("parts"), "0")) {
            out.append("a", 3, bytes("late"));
        }
        try (WorkLog.Writer out = WorkLog.Writer.open(folder.resolve("parts"), "1")) {
            out.append("a", 2, bytes("early"));
        }
        assertThat(payload("a")).isEqualTo("late");
    }

    @Test
    void a_torn_tail_of_any_length_is_ignored_and_cut_before_the_next_frame() throws Exception {
        append("0", "a", "one");
        Path file = folder.resolve("parts/0.log");
        int good = (int) Files.size(file);
        append("0", "b", "two");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            WorkLog torn = WorkLog.read(folder.resolve("parts"));
            assertThat(torn.contains("a")).as("a after %d bytes", length).isEqualTo(length >= good);
            assertThat(torn.contains("b")).isFalse();
            append("0", "c", "three");
            assertThat(payload("c")).isEqualTo("three");
            assertThat(WorkLog.read(folder.resolve("parts")).contains("a"))
                    .isEqualTo(length >= good);
        }
    }

    @Test
    void a_flipped_bit_anywhere_in_a_frame_ends_the_file_there() throws Exception {
        append("0", "a", "one");
        Path file = folder.resolve("parts/0.log");
        int good = (int) Files.size(file);
        append("0", "b", "two");
        byte[] whole = Files.readAllBytes(file);
        for (int at = good; at < whole.length; at++) {
            byte[] bad = whole.clone();
            bad[at] ^= 4;
            Files.write(file, bad);
            assertThat(WorkLog.read(folder.resolve("parts")).ids())
                    .as("byte %d", at)
                    .containsExactly("a");
        }
    }

    @Test
    void removing_takes_the_folder_away_and_may_be_repeated() throws Exception {
        append("0", "a", "one");
        WorkLog.remove(folder.resolve("parts"));
        WorkLog.remove(folder.resolve("parts"));
        assertThat(folder.resolve("parts")).doesNotExist();
    }
}
