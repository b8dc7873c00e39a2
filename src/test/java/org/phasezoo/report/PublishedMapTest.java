package org.phasezoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedMapTest {
    private static final String CSV =
            "batch_size,width,acc,phase\n32,2,90,I\n8,2,80,II\n8,10,,II\n32,10,99,III\n";
    private static final HeatMap OURS =
            new HeatMap(
                    "Accuracy",
                    "accuracy (%)",
                    "width",
                    List.of("1"),
                    "batchSize",
                    List.of("8", "16"),
                    List.of(List.of(1.0), List.of(2.0)),
                    HeatMap.Colouring.SEQUENTIAL,
                    List.of(),
                    "");

    @Test
    void a_published_table_is_drawn_over_its_own_grid_in_the_order_of_ours() {
        HeatMap map = PublishedMap.parse("baselines/x.csv#acc,phase").draw(CSV, OURS);
        assertThat(map.columns()).containsExactly("2", "10");
        assertThat(map.rows()).containsExactly("8", "32");
        assertThat(map.values()).isEqualTo(List.of(List.of(80.0, Double.NaN), List.of(90.0, 99.0)));
        assertThat(map.phases().get(1).get(1).label()).isEqualTo("III");
        assertThat(map.note())
                .isEqualTo("Source: baselines/x.csv, column acc; phases: column phase.");
    }

    @Test
    void a_path_without_a_column_is_only_cited() {
        assertThat(PublishedMap.parse("baselines/x.csv").drawn()).isFalse();
        assertThat(PublishedMap.parse("baselines/x.csv#acc").file()).isEqualTo("baselines/x.csv");
    }

    @Test
    void a_missing_column_is_named_with_its_file() {
        assertThatThrownBy(() -> PublishedMap.parse("baselines/x.csv#accuracy").draw(CSV, OURS))
                .hasMessage(
                        "baselines/x.csv: no column \"accuracy\"; there are [batch_size, width, acc, phase]");
    }
}
