package org.phasezoo.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.phasezoo.document.Digest;
import org.phasezoo.document.Json;
import org.phasezoo.random.Key;

class PlanTest {
    static final String TEXT =
            """
            {"id": "walks", "version": 2, "title": "Walks", "papers": ["014"],
             "populations": {
              "free": {"study": {"kind": "walk", "steps": 10, "load": 1, "frozen": false},
                "axes": [{"name": "steps", "at": "/study/steps", "role": "load", "values": [4, 10]},
                         {"name": "load", "at": "/study/load", "role": "temperature", "values": [0.5, 1, 2]}],
                "seeds": [1, 0], "shares": {"start": ["load"], "split": ["seed", "steps", "load"]}},
              "theory": {"study": {"kind": "walk", "steps": 1, "load": 0, "frozen": true}, "axesOf": "free"}},
             "profiles": {"full": {"free": {"seeds": [0, 1, 2], "values": {"load": [0.5, 1]}, "set": {}}},
                          "pilot": {"free": {"seeds": [9000]}}},
             "departures": [{"what": "steps", "paper": 1000, "here": 10, "why": "time"}],
             "figures": [{"id": "map", "kind": "map", "definition": "walk.end.v1"}]}
            """;

    private static Suite suite(String text) {
        return Suite.parse("suite.json", Json.parse("suite.json", text), Walk.BINDER);
    }

    private static Plan plan(String profile) {
        Suite suite = suite(TEXT);
        return Plan.of(suite, suite.profile(profile).orElseThrow());
    }

    @Test
    void cells_are_row_major_in_axis_order_and_members_are_cell_by_seed() {
        List<Member> members = plan("quick").parts().getFirst().members();
        assertThat(members.stream().map(m -> m.cell().text() + " " + m.seed().getAsInt()))
                .startsWith("steps=4;load=0.5 1", "steps=4;load=0.5 0", "steps=4;load=1 1")
                .endsWith("steps=10;load=2 0")
                .hasSize(12);
    }

    @Test
    void a_study_that_draws_nothing_has_one_member_a_cell_on_the_axes_of_another() {
        List<Member> members = plan("quick").parts().get(1).members();
        assertThat(members)
                .hasSize(6)
                .allSatisfy(m -> assertThat(m.seed()).isEqualTo(OptionalInt.empty()));
        assertThat(members.getFirst().cell().settings().get("steps").intValue()).isEqualTo(4);
    }

    @Test
    void a_member_is_the_digest_of_what_makes_it() {
        assertThat(plan("quick").parts().getFirst().members().getFirst().id())
                .isEqualTo(
                        Digest.of(
                                "{\"axes\":{\"load\":0.5,\"steps\":4},\"revisions\":{\"walk\":1},\"seed\":1,"
                                        + "\"shares\":{\"split\":[\"seed\",\"steps\",\"load\"],\"start\":[\"load\"]},\"stream\":\"\","
                                        + "\"study\":{\"frozen\":false,\"kind\":\"walk\",\"load\":0.5,\"steps\":4}}"));
    }

    @Test
    void profiles_and_versions_share_members() {
        List<String> quick =
                plan("quick").parts().getFirst().members().stream().map(Member::id).toList();
        List<Member> full = plan("full").parts().getFirst().members();
        assertThat(full).hasSize(12);
        assertThat(full.stream().filter(m -> m.seed().getAsInt() < 2).map(Member::id))
                .isSubsetOf(quick);
        Suite renamed =
                suite(TEXT.replace("\"version\": 2", "\"version\": 3").replace("Walks", "W"));
        assertThat(
                        Plan.of(renamed, renamed.profile("quick").orElseThrow())
                                .parts()
                                .getFirst()
                                .members()
                                .stream()
                                .map(Member::id))
                .isEqualTo(quick);
    }

    @Test
    void a_stream_has_members_and_draws_of_its_own() {
        Suite other =
                suite(
                        TEXT.replace(
                                "\"seeds\": [1, 0],", "\"seeds\": [1, 0], \"stream\": \"main\","));
        Member member =
                Plan.of(other, other.profile("quick").orElseThrow())
                        .parts()
                        .getFirst()
                        .members()
                        .getFirst();
        assertThat(member.run().key("noise"))
                .isEqualTo(
                        Key.of(
                                "{\"axes\":{\"load\":0.5,\"steps\":4},\"purpose\":\"noise\",\"seed\":1,\"stream\":\"main\"}"));
        assertThat(member.id())
                .isNotEqualTo(plan("quick").parts().getFirst().members().getFirst().id());
    }

    @Test
    void keys_leave_out_what_their_purpose_shares() {
        PlannedRun run = plan("quick").parts().getFirst().members().getFirst().run();
        assertThat(run.key("noise"))
                .isEqualTo(
                        Key.of(
                                "{\"axes\":{\"load\":0.5,\"steps\":4},\"purpose\":\"noise\",\"seed\":1,\"stream\":\"\"}"));
        assertThat(run.key("start"))
                .isEqualTo(
                        Key.of(
                                "{\"axes\":{\"steps\":4},\"purpose\":\"start\",\"seed\":1,\"stream\":\"\"}"));
        assertThat(run.key("split"))
                .isEqualTo(Key.of("{\"axes\":{},\"purpose\":\"split\",\"stream\":\"\"}"));
    }

    @Test
    void the_scope_of_a_suite_with_departures_is_reduced() {
        assertThat(suite(TEXT).profile("quick").orElseThrow().scope())
                .isEqualTo(Profile.Scope.REDUCED);
    }
}
