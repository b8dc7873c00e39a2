package org.phasezoo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasezoo.document.Nearest;
import org.phasezoo.suite.Profile;
import picocli.CommandLine.Option;

/// The options that all verbs share.
final class Options {
    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "quick",
            description = "Size of the suite: quick (default), full, published, pilot.")
    String profile = "quick";

    @Option(names = "--all", description = "Every suite of the project.")
    boolean all;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Members at a time (default: all processors).")
    @Nullable Integer jobs;

    @Option(
            names = "--slow",
            description = "Run even where multiply-adds are not done by hardware.")
    boolean slow;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "",
            description =
                    "Folder that holds zoo/ and results/ (default: PHASEZOO_HOME, else the project).")
    String home = "";

    @Option(names = "--json", description = "One JSON object on stdout.")
    boolean json;

    Home place() {
        return Home.of(home);
    }

    int workers() {
        int count = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        if (count < 1) {
            throw Refusal.usage("--jobs " + count + " is below 1; write a number of threads");
        }
        return count;
    }

    /// The folders of the suites that a command line names: one, or all with `--all`.
    List<Path> folders(Optional<String> named) throws IOException {
        Home place = place();
        if (all == named.isPresent()) {
            throw Refusal.usage("name a suite or write --all; `phasezoo list` names them");
        }
        return all ? SuiteFolder.all(place) : List.of(SuiteFolder.find(place, named.orElseThrow()));
    }

    /// The suites that a command line names, read, and refused where they do not stand.
    List<SuiteFolder> suites(Optional<String> named) throws IOException {
        List<SuiteFolder> read = new ArrayList<>();
        for (Path folder : folders(named)) {
            read.add(SuiteFolder.read(place(), folder));
        }
        return read;
    }

    /// The chosen profile of a suite.
    Profile profile(SuiteFolder folder) {
        return folder.suite()
                .profile(profile)
                .orElseThrow(() ->
                        Refusal.usage(
                                folder.suite().name()
                                        + " has no profile \""
                                        + profile
                                        + "\"; "
                                        + Nearest.mend(
                                                profile,
                                                folder.suite().profiles().sequencedKeySet())));
    }
}
