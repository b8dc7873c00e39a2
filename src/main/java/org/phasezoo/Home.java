package org.phasezoo;

import java.nio.file.Path;

/// Where things are: the project's folder with its suites, and the home that holds `zoo/` and
/// `results/`.
record Home(Path project, Path home) {
    /// The home named by an option, else by `PHASEZOO_HOME`, else the project's folder.
    static Home of(String option) {
        Path project =
                Path.of(System.getProperty("phasezoo.root", ".")).toAbsolutePath().normalize();
        String environment = System.getenv("PHASEZOO_HOME");
        if (!option.isEmpty()) {
            return new Home(project, Path.of(option).toAbsolutePath().normalize());
        }
        boolean set = environment != null && !environment.isEmpty();
        return new Home(project, set ? Path.of(environment).toAbsolutePath().normalize() : project);
    }

    Path suites() {
        return project.resolve("suites");
    }

    Path zoo() {
        return home.resolve("zoo");
    }

    /// The populations of a suite's profile.
    Path zoo(String suite, String profile) {
        return zoo().resolve(suite).resolve(profile);
    }

    /// The judgement of a suite's profile.
    Path results(String suite, String profile) {
        return home.resolve("results").resolve(suite).resolve(profile);
    }
}
