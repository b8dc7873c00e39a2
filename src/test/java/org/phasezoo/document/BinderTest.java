package org.phasezoo.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class BinderTest {
    enum Mode {
        FULL_BATCH,
        ONLINE
    }

    sealed interface Schedule {
        record Constant(double rate) implements Schedule {}

        record CosineDecay(double rate, int steps) implements Schedule {
            public CosineDecay {
                if (steps < 1) {
                    throw new IllegalArgumentException(
                            "steps is " + steps + ", allowed is at least 1; raise it");
                }
            }
        }
    }

    interface Open {}

    record OnlyKind(int n) implements Open {}

    record Whole(
            int width,
            double load,
            boolean nesterov,
            String name,
            Mode mode,
            List<Integer> seeds,
            SequencedMap<String, List<String>> shares,
            Schedule schedule,
            Optional<String> note,
            OptionalInt cap,
            JsonNode raw) {
        Whole {
            if (width < 1 || width > 64) {
                throw new IllegalArgumentException(
                        "width " + width + " is outside 1..64; choose a smaller net");
            }
        }
    }

    private static final String GOOD =
            """
            {"width": 4, "load": 0, "nesterov": true, "name": "x", "mode": "full-batch", "seeds": [0, 1],
             "shares": {"b": ["seed"], "a": []}, "schedule": {"kind": "cosine-decay", "rate": 0.1, "steps": 5},
             "raw": {"any": 1}}
            """;

    private static List<Problem> problems(String json) {
        Problems problems = new Problems("x.json");
        Optional<Whole> bound =
                Binder.plain().bind(Whole.class, Json.parse("x.json", json), "", problems);
        assertThat(bound.isEmpty()).isEqualTo(!problems.isEmpty());
        return problems.list();
    }

    @Test
    void a_good_document_binds_by_component_name() {
        Problems problems = new Problems("x.json");
        Whole whole =
                Binder.plain()
                        .bind(Whole.class, Json.parse("x.json", GOOD), "", problems)
                        .orElseThrow();
        assertThat(whole.mode()).isEqualTo(Mode.FULL_BATCH);
        assertThat(whole.schedule()).isEqualTo(new Schedule.CosineDecay(0.1, 5));
        assertThat(whole.shares().sequencedKeySet()).containsExactly("b", "a");
        assertThat(whole.note()).isEmpty();
        assertThat(whole.cap()).isEmpty();
        assertThat(whole.seeds()).containsExactly(0, 1);
    }

    @Test
    void all_problems_are_told_at_once_with_their_pointers() {
        List<Problem> found =
                problems(
                        """
                        {"widht": 4, "load": "0", "nesterov": 1, "name": 3, "mode": "batch", "seeds": [0, "one", 1.5],
                         "shares": [], "schedule": {"kind": "cosine", "rate": 0.1}, "raw": 1, "cap": true}
                        """);
        assertThat(found)
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/widht",
                        "/width",
                        "/load",
                        "/nesterov",
                        "/name",
                        "/mode",
                        "/seeds/1",
                        "/seeds/2",
                        "/shares",
                        "/schedule/kind",
                        "/cap");
        assertThat(found).allSatisfy(p -> assertThat(p.mend()).isNotBlank());
    }

    @Test
    void an_unknown_key_is_refused_with_the_nearest_known_name() {
        assertThat(problems(GOOD.replace("\"load\": 0", "\"load\": 0, \"nesterof\": 1")))
                .containsExactly(
                        new Problem(
                                "x.json",
                                "/nesterof",
                                "unknown key \"nesterof\"",
                                "did you mean \"nesterov\"?"));
    }

    @Test
    void what_a_constructor_refuses_stands_at_the_component_it_names() {
        assertThat(
                        problems(
                                GOOD.replace("\"width\": 4", "\"width\": 65")
                                        .replace("\"steps\": 5", "\"steps\": 0")))
                .containsExactly(
                        new Problem(
                                "x.json",
                                "/schedule/steps",
                                "steps is 0, allowed is at least 1",
                                "raise it"));
        assertThat(problems(GOOD.replace("\"width\": 4", "\"width\": 65")))
                .containsExactly(
                        new Problem(
                                "x.json",
                                "/width",
                                "width 65 is outside 1..64",
                                "choose a smaller net"));
    }

    @Test
    void kinds_of_an_open_interface_are_those_named() {
        Binder binder = Binder.plain().with(Open.class, List.of(OnlyKind.class));
        Problems problems = new Problems("x.json");
        assertThat(
                        binder.bind(
                                Open.class,
                                Json.parse("x", "{\"kind\":\"only-kind\",\"n\":3}"),
                                "",
                                problems))
                .contains(new OnlyKind(3));
        binder.bind(
                Open.class, Json.parse("x", "{\"kind\":\"only-kid\",\"n\":3}"), "/study", problems);
        assertThat(problems.list())
                .containsExactly(
                        new Problem(
                                "x.json",
                                "/study/kind",
                                "unknown kind \"only-kid\"",
                                "did you mean \"only-kind\"?"));
    }

    @Test
    void kinds_have_kebab_case_names() {
        assertThat(
                        List.of(
                                        "DenseHebb",
                                        "LinearCka",
                                        "L2Distance",
                                        "SGD",
                                        "DENSE_HEBB",
                                        "XYModel")
                                .stream()
                                .map(Binder::kebab))
                .containsExactly(
                        "dense-hebb", "linear-cka", "l2-distance", "sgd", "dense-hebb", "xy-model");
    }
}
