package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BenchFiguresTest {
    private static final BenchFigures FIGURES =
            new BenchFigures(
                    new LinkedHashMap<>(
                            Map.of("cnn64", .5, "matmul-64-16-16", .001, "matmul-64-128-16", .002)),
                    new LinkedHashMap<>(
                            Map.of(
                                    "cnn64", new BenchFigures.Peer("JAX jit", 1.25),
                                    "matmul-64-16-16", new BenchFigures.Peer("OpenBLAS", .002),
                                    "matmul-64-128-16", new BenchFigures.Peer("MKL", .016))),
                    OptionalDouble.of(2.5),
                    OptionalDouble.empty());

    @Test
    void ratios_are_peer_by_ours_and_those_of_products_have_a_geometric_mean() throws IOException {
        var json = FIGURES.toJson();
        assertThat(json.get("productsRatio").doubleValue()).isCloseTo(4, within(1e-12));
        assertThat(json.get("warmUpSeconds").doubleValue()).isEqualTo(2.5);
        assertThat(json.has("twoCores")).isFalse();
        for (var row : json.get("rows")) {
            assertThat(row.get("ratio").doubleValue() * row.get("milliseconds").doubleValue())
                    .isCloseTo(row.get("peerMilliseconds").doubleValue(), within(1e-12));
        }
    }

    @Test
    void each_group_has_a_table_of_its_own() {
        assertThat(FIGURES.markdown())
                .containsExactly(
                        "",
                        "| workload | what | ours, ms | best peer, ms | which | ratio | bar |",
                        "| --- | --- | --- | --- | --- | --- | --- |",
                        "| cnn64 | the same, batch 64 | 0.5000 | 1.2500 | JAX jit | 2.50 | 2.8 |",
                        "",
                        "| m, k, n | ours, GFLOP/s | best peer, GFLOP/s | which | ratio |",
                        "| --- | --- | --- | --- | --- |",
                        "| 64, 128, 16 | 131.1 | 16.4 | MKL | 8.00 |",
                        "| 64, 16, 16 | 32.8 | 16.4 | OpenBLAS | 2.00 |",
                        "",
                        "| figure | measured | bar |",
                        "| --- | --- | --- |",
                        "| products: geometric mean of the ratios | 4.000 | ≥ 0.95 |",
                        "| fresh process to full speed on cnn64, seconds | 2.500 | ≤ 3 |");
    }
}
