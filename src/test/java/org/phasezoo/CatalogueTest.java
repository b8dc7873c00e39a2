package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Home home = Home.of("");

    @Test
    void the_committed_catalogue_is_what_the_suites_give() throws Exception {
        for (var file : Catalogue.read(home).files().entrySet()) {
            assertThat(Files.readString(home.project().resolve(file.getKey())))
                    .as(file.getKey() + "; `./phasezoo list --write` mends it")
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void all_119_papers_are_listed_once_and_every_suite_names_papers_among_them() throws Exception {
        var json = Catalogue.read(home).json();
        TreeSet<String> numbers = new TreeSet<>();
        json.path("papers").forEach(paper -> numbers.add(paper.path("number").asText()));
        assertThat(json.path("papers")).hasSize(119);
        assertThat(numbers).hasSize(119).startsWith("001").endsWith("119");
        json.path("suites").forEach(suite -> suite.path("papers")
                .forEach(paper -> assertThat(numbers).as(suite.path("id").asText()).contains(paper.asText())));
    }
}
