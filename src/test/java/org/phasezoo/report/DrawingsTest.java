package org.phasezoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class DrawingsTest {
    private static HeatMap map(double probability, HeatMap.Colouring colouring) {
        HeatMap.Phase i = new HeatMap.Phase("I", 0.95);
        HeatMap.Phase ii = new HeatMap.Phase("II", probability);
        return new HeatMap(
                "Accuracy <of> & phases",
                "accuracy (%)",
                "width",
                List.of("1", "2"),
                "batchSize",
                List.of("8", "16"),
                List.of(List.of(90.0, 95.0), List.of(Double.NaN, 97.0)),
                colouring,
                List.of(List.of(i, ii), List.of(i, i)),
                "a note");
    }

    private static List<String> strokes(String svg, String weight) {
        return Xml.all(Xml.parse(svg), "path").stream()
                .filter(p -> p.getAttribute("stroke-width").equals(weight))
                .map(p -> p.getAttribute("d"))
                .toList();
    }

    @Test
    void borders_stand_between_cells_of_different_phase_and_nowhere_else() {
        List<String> borders = strokes(map(0.9, HeatMap.Colouring.SEQUENTIAL).svg(), "2.4");
        assertThat(borders).hasSize(1);
        // one side to the left of the only II and one below it
        assertThat(borders.getFirst()).containsOnlyOnce("V").containsOnlyOnce("H");
    }

    @Test
    void only_cells_of_unsure_label_are_hatched() {
        assertThat(map(0.9, HeatMap.Colouring.SEQUENTIAL).svg())
                .doesNotContain("stroke-opacity=\"0.4\"");
        assertThat(map(0.79, HeatMap.Colouring.SEQUENTIAL).svg())
                .containsOnlyOnce("stroke-opacity=\"0.4\"");
    }

    @Test
    void the_table_has_a_line_a_cell() {
        assertThat(map(0.9, HeatMap.Colouring.SEQUENTIAL).csv())
                .isEqualTo(
                        "width,batchSize,value,phase,probability\n1,8,90,I,0.95\n2,8,95,II,0.9\n1,16,,I,0.95\n2,16,97,I,0.95\n");
    }

    @Test
    void every_value_and_label_is_in_the_picture() {
        Document svg = Xml.parse(map(0.9, HeatMap.Colouring.SEQUENTIAL).svg());
        assertThat(Xml.texts(svg))
                .contains(
                        "I",
                        "II",
                        "90.0",
                        "95.0",
                        "97.0",
                        "–",
                        "width",
                        "batchSize",
                        "accuracy (%)",
                        "a note");
    }

    @Test
    void zero_is_in_the_middle_of_a_diverging_map() {
        HeatMap map =
                new HeatMap(
                        "mc",
                        "mc",
                        "x",
                        List.of("a", "b", "c"),
                        "y",
                        List.of("1"),
                        List.of(List.of(-16.0, 0.0, 4.0)),
                        HeatMap.Colouring.DIVERGING,
                        List.of(),
                        "");
        List<String> fills =
                Xml.all(Xml.parse(map.svg()), "rect").stream()
                        .map(r -> r.getAttribute("fill"))
                        .toList();
        assertThat(fills)
                .contains(
                        Colour.at(Colour.DIVERGING, 0).css(),
                        Colour.at(Colour.DIVERGING, 0.5).css(),
                        Colour.at(Colour.DIVERGING, 0.75).css());
    }

    @Test
    void a_logarithmic_map_says_logarithms() {
        HeatMap map =
                new HeatMap(
                        "loss",
                        "loss",
                        "x",
                        List.of("a", "b"),
                        "y",
                        List.of("1"),
                        List.of(List.of(1.0, 0.0)),
                        HeatMap.Colouring.LOGARITHMIC,
                        List.of(),
                        "");
        assertThat(Xml.texts(Xml.parse(map.svg()))).contains("0.0", "–", "ln loss");
    }

    @Test
    void values_that_do_not_fit_the_axes_are_refused() {
        assertThatThrownBy(() ->
                        new HeatMap(
                                "t",
                                "q",
                                "x",
                                List.of("a"),
                                "y",
                                List.of("1"),
                                List.of(List.of(1.0, 2.0)),
                                HeatMap.Colouring.SEQUENTIAL,
                                List.of(),
                                ""))
                .hasMessageContaining("\"t\"");
    }

    private static Lines lines(int columns) {
        Lines.Line line =
                new Lines.Line(
                        "8",
                        List.of(
                                new Lines.Point(1, 2, 1, 3),
                                new Lines.Point(2, Double.NaN),
                                new Lines.Point(4, 8, 7, 9),
                                new Lines.Point(8, 9)));
        return new Lines(
                "t",
                "width",
                "loss",
                Lines.Spacing.LOG,
                Lines.Spacing.LINEAR,
                List.of(
                        new Lines.Panel("a", List.of(line)),
                        new Lines.Panel("b", List.of(line, new Lines.Line("9", line.points())))),
                false,
                columns,
                true,
                "batchSize",
                "");
    }

    @Test
    void a_missing_point_breaks_its_line() {
        List<String> strokes = strokes(lines(2).svg(), "1.4");
        assertThat(strokes).hasSize(3).allMatch(d -> d.chars().filter(c -> c == 'M').count() == 2);
    }

    @Test
    void lines_of_one_name_have_one_colour() {
        List<Element> drawn =
                Xml.all(Xml.parse(lines(2).svg()), "path").stream()
                        .filter(p -> p.getAttribute("stroke-width").equals("1.4"))
                        .toList();
        assertThat(drawn.get(0).getAttribute("stroke"))
                .isEqualTo(drawn.get(1).getAttribute("stroke"));
        assertThat(drawn.get(2).getAttribute("stroke"))
                .isNotEqualTo(drawn.get(1).getAttribute("stroke"));
    }

    @Test
    void dots_are_tables_too() {
        Scatter scatter =
                new Scatter(
                        "t",
                        "cka",
                        "accuracy",
                        Lines.Spacing.LINEAR,
                        Lines.Spacing.LINEAR,
                        List.of(
                                new Scatter.Dot("a, b", "I", 0.5, 90),
                                new Scatter.Dot("c", "II", 0.75, Double.NaN)),
                        "phase",
                        "");
        assertThat(scatter.csv()).isEqualTo("name,group,x,y\n\"a, b\",I,0.5,90\nc,II,0.75,\n");
        assertThat(Xml.all(Xml.parse(scatter.svg()), "circle")).hasSize(3);
    }

    @Test
    void pictures_carry_no_style_script_id_or_link() {
        for (Drawing drawing :
                List.of(map(0.5, HeatMap.Colouring.SEQUENTIAL), lines(1), lines(2))) {
            assertThat(drawing.svg())
                    .doesNotContain(" style=")
                    .doesNotContain("<style")
                    .doesNotContain("<script")
                    .doesNotContain(" id=")
                    .doesNotContain("href")
                    .doesNotContain("url(")
                    .doesNotContain("NaN");
            assertThat(Xml.parse(drawing.svg()).getDocumentElement().getAttribute("role"))
                    .isEqualTo("img");
        }
    }

    @Test
    void an_empty_figure_is_still_a_picture() {
        Lines none =
                new Lines(
                        "t",
                        "x",
                        "y",
                        Lines.Spacing.LOG,
                        Lines.Spacing.LOG,
                        List.of(new Lines.Panel("", List.of())),
                        false,
                        1,
                        true,
                        "",
                        "");
        assertThat(Xml.texts(Xml.parse(none.svg()))).contains("t", "x", "y");
    }
}
