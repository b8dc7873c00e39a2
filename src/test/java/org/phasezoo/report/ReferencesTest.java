package org.phasezoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final String OWN = "@misc{own1998, title = {On {N}ets}, year = {1998}\n}";
    private static final String HESSIAN = "@inproceedings{yao2020pyhessian,\n  title = {{PyHessian}}\n}";
    private static final String CURVES = "@article{garipov2018loss,\n  title = {Curves}\n}";
    private static final String BIB = OWN + "\n\nleft out\n" + HESSIAN + "\n\n" + CURVES + "\n";

    @Test
    void only_metrics_that_were_measured_are_cited_beside_the_suites_own_entries() {
        References references = References.of(BIB, List.of("112"), List.of("hessian.trace.v1", "accuracy.test.v1"));
        assertThat(references.bibtex()).isEqualTo(OWN + "\n\n" + HESSIAN);
        assertThat(references.complaint()).isEmpty();
    }

    @Test
    void what_is_cited_without_an_entry_is_said() {
        References references =
                References.of(HESSIAN, List.of("014"), List.of("hessian.trace.v1", "cka.softmax.taxonomy.v1"));
        assertThat(references.complaint())
                .isEqualTo("papers.bib has no entry for paper 014, kornblith2019similarity, yang2021taxonomizing.");
        assertThat(References.of("", List.of(), List.of()).complaint()).isEmpty();
        assertThat(References.of("@misc{cut, title = {no end", List.of("1"), List.of()).bibtex())
                .isEqualTo("@misc{cut, title = {no end");
    }
}
