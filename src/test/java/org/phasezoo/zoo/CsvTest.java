package org.phasezoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    @Test
    void what_is_written_reads_back() {
        Csv table =
                new Csv(
                        List.of("a", "b"),
                        List.of(
                                List.of("x,y", "say \"z\""),
                                List.of("", "two\nlines"),
                                List.of("1", "é")));
        assertThat(Csv.parse(table.text())).isEqualTo(table);
        assertThat(table.text())
                .isEqualTo("a,b\n\"x,y\",\"say \"\"z\"\"\"\n,\"two\nlines\"\n1,é\n");
    }

    @Test
    void an_empty_field_alone_on_its_line_reads_back() {
        Csv table = new Csv(List.of("a"), List.of(List.of(""), List.of("1")));
        assertThat(Csv.parse(table.text())).isEqualTo(table);
    }

    @Test
    void carriage_returns_and_a_missing_last_newline_are_read() {
        assertThat(Csv.parse("a,b\r\n1,2").rows()).containsExactly(List.of("1", "2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\n1\\n | line 2: 1 fields; the header has 2",
                "a,a\\n | line 1: column \"a\" stands twice",
                "a\\n\"1 | line 2: a quote is never closed",
                "a\\n1\"2\\n | line 2: a quote inside a field without quotes",
                "a\\n\"1\"2\\n | line 2: text after a closing quote or a lone carriage return",
                "'' | line 1: no header"
            })
    void a_bad_table_is_refused_with_its_line(String text, String problem) {
        assertThatThrownBy(() -> Csv.parse(text.replace("\\n", "\n"))).hasMessage(problem);
    }

    @Test
    void a_bad_file_is_named(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("cells.csv"), "a,b\n1,2\n3\n");
        assertThatThrownBy(() -> Csv.read(file))
                .isInstanceOf(DamagedFile.class)
                .hasMessageContaining("cells.csv: line 3");
    }
}
