package org.phasezoo.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.ArchitectureSizesTest;

class ModelJsonTest {
    private static final Architecture.Input INPUT = new Architecture.Input(2, 8, 12, 5);

    static List<Architecture> nets() {
        return ArchitectureSizesTest.all();
    }

    @ParameterizedTest
    @MethodSource("nets")
    void the_graph_is_that_of_any_batch_size_and_reads_only_images_and_tensors(Architecture net) {
        JsonNode model = ModelJson.of(net, INPUT);
        assertThat(model.get("graph")).isEqualTo(ModelJson.graph(net, INPUT, 64));
        List<String> tensors = new ArrayList<>(List.of("x"));
        model.get("tensors").forEach(tensor -> tensors.add(tensor.get("name").textValue()));
        for (JsonNode node : model.get("graph")) {
            if (node.get("op").textValue().equals("input")) {
                assertThat(tensors).contains(node.get("name").textValue());
            }
        }
    }
}
