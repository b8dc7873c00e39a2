package org.phasezoo;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.study.Run;
import org.phasezoo.study.Study;

/// The doors between rooms, and what no code may do if the same settings are to give the same
/// bytes.
class ArchitectureTest {
    private static final String ROOT = "org.phasezoo";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    private static final List<String> TRAIN =
            List.of("document", "data", "model", "graph", "engine", "random");
    private static final List<String> METRIC = with(TRAIN, "train", "kernel", "statistic");
    private static final List<String> STUDY = with(METRIC, "metric");

    /// Classes that look things up in a hash table and never iterate over one: `Graph`, node to
    /// number, so that equal nodes are one; `WorkLog`, the options of opening a file.
    private static final List<String> LOOK_UP_ONLY =
            List.of("org.phasezoo.graph.Graph", "org.phasezoo.zoo.WorkLog$Writer");

    /// Room to the rooms that it may know. `metric` and `study` stand in suite's neighbours because
    /// suite's rows carry values and its populations observables; `random` in claim's because
    /// shuffles and phase probabilities are counter-based draws.
    private static final SequencedMap<String, List<String>> DOORS = doors();

    private static SequencedMap<String, List<String>> doors() {
        SequencedMap<String, List<String>> doors = new TreeMap<>();
        doors.put("statistic", List.of("random"));
        doors.put("document", List.of());
        doors.put("kernel", List.of());
        doors.put("random", List.of("kernel"));
        doors.put("graph", List.of("document"));
        doors.put("engine", List.of("graph", "kernel", "random"));
        doors.put("data", List.of("document", "random"));
        doors.put("model", List.of("document", "graph", "random"));
        doors.put("train", TRAIN);
        doors.put("metric", METRIC);
        doors.put("study", STUDY);
        doors.put("suite", with(STUDY, "study"));
        doors.put("zoo", List.of("document", "suite", "study", "metric"));
        doors.put("claim", List.of("document", "suite", "statistic", "metric", "random"));
        doors.put("report", List.of("document", "suite", "study", "claim", "statistic", "metric"));
        return doors;
    }

    private static List<String> with(List<String> rooms, String... more) {
        List<String> all = new ArrayList<>(rooms);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    static List<String> rooms() {
        return List.copyOf(DOORS.sequencedKeySet());
    }

    private static String[] packages(String... rooms) {
        List<String> packages = new ArrayList<>();
        for (String room : rooms) {
            packages.add(ROOT + "." + room + "..");
        }
        return packages.toArray(String[]::new);
    }

    @Test
    void every_package_is_a_room_or_the_rim() {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String name = type.getPackageName();
            if (!name.equals(ROOT)) {
                found.add(name.substring(ROOT.length() + 1).split("\\.")[0]);
            }
        }
        // `bench` may know every room, and none knows it.
        found.remove("bench");
        assertThat(DOORS.sequencedKeySet()).containsAll(found);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_knows_only_the_rooms_behind_its_doors(String room) {
        List<String> allowed = new ArrayList<>(DOORS.getOrDefault(room, List.of()));
        allowed.add(room);
        classes()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(packages(allowed.toArray(String[]::new)))
                                .or(not(resideInAPackage(ROOT + ".."))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void families_of_studies_are_blind_to_each_other() {
        TreeSet<String> families = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (type.getPackageName().startsWith(ROOT + ".study.")) {
                families.add(type.getPackageName());
            }
        }
        for (String family : families) {
            for (String other : families) {
                if (!family.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(family)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(other)
                            .check(CLASSES);
                }
            }
        }
    }

    /// A study's own classes are those that it reaches within its package.
    @Test
    void a_study_that_gives_programs_memory_tells_plans_how_much() {
        DescribedPredicate<JavaAccess<?>> takes =
                call(
                        "org\\.phasezoo\\.(engine\\.Program\\.(workspace|members)"
                                + "|train\\.(Trainer|Learner|Evaluator|Hessian)\\.<init>)");
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass study : CLASSES) {
            if (study.isInterface() || !study.isAssignableTo(Study.class)) {
                continue;
            }
            TreeMap<String, JavaClass> reached = new TreeMap<>();
            List<JavaClass> open = new ArrayList<>(List.of(study));
            while (!open.isEmpty()) {
                JavaClass one = open.removeLast();
                if (reached.putIfAbsent(one.getName(), one) == null) {
                    one.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass())
                            .filter(to -> to.getPackageName().equals(study.getPackageName()))
                            .forEach(open::add);
                }
            }
            if (reached.values().stream()
                    .flatMap(one -> one.getAccessesFromSelf().stream())
                    .anyMatch(takes)) {
                found.add(study.getSimpleName());
                assertThat(study.tryGetMethod("update", Run.class))
                        .as("update of " + study.getName())
                        .isPresent();
            }
        }
        assertThat(found)
                .containsExactly(
                        "NormPlacement",
                        "PermutedPair",
                        "StabilityLimits",
                        "StreamTraining",
                        "Training");
    }

    @Test
    void the_vector_api_is_used_only_in_kernel() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".kernel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(CLASSES);
    }

    @Test
    void arrow_is_used_only_in_zoo() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".zoo")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.arrow..")
                .check(CLASSES);
    }

    @Test
    void hipparchus_is_used_only_in_statistic() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".statistic")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.hipparchus..")
                .check(CLASSES);
    }

    @Test
    void files_are_touched_only_by_the_rim_zoo_and_data() {
        DescribedPredicate<JavaClass> files =
                describe(
                        "files",
                        type ->
                                type.getPackageName().startsWith("java.nio.file")
                                        || type.getName().equals("java.nio.channels.FileChannel")
                                        || type.getName()
                                                .matches(
                                                        "java\\.io\\.(File|Random|Buffered|Reader|Writer|Print).*"));
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".zoo", ROOT + ".data")
                .should()
                .dependOnClassesThat(files)
                .check(CLASSES);
    }

    @Test
    void no_room_reads_clock_locale_environment_or_standard_streams() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .and()
                .resideOutsideOfPackage(ROOT + ".bench..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(Locale.class, "getDefault")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.time..")
                .check(CLASSES);
    }

    /// `call` matches `owner.method` by name.
    private static DescribedPredicate<JavaAccess<?>> call(String pattern) {
        return describe(
                pattern,
                access ->
                        (access.getTargetOwner().getName() + "." + access.getTarget().getName())
                                .matches(pattern));
    }

    private static void nobodyCalls(String pattern) {
        noClasses().should().accessTargetWhere(call(pattern)).check(CLASSES);
    }

    @Test
    void nothing_iterates_in_an_order_that_a_hash_decides() {
        noClasses()
                .that(not(describe("look up only", type -> LOOK_UP_ONLY.contains(type.getName()))))
                .should()
                .dependOnClassesThat(
                        describe(
                                "hash tables without an order",
                                type ->
                                        List.of(
                                                        "java.util.HashMap",
                                                        "java.util.HashSet",
                                                        "java.util.Hashtable",
                                                        "java.util.IdentityHashMap",
                                                        "java.util.WeakHashMap",
                                                        "java.util.concurrent.ConcurrentHashMap")
                                                .contains(type.getName())))
                .check(CLASSES);
        noClasses()
                .that(not(describe("look up only", type -> LOOK_UP_ONLY.contains(type.getName()))))
                .should()
                .accessTargetWhere(call("java\\.util\\.(Map|Set)\\.(of|ofEntries|copyOf)"))
                .check(CLASSES);
        nobodyCalls(
                "java\\.util\\.stream\\.Collectors\\.(groupingBy|toMap|toSet|partitioningBy|toUnmodifiable(Map|Set))");
    }

    @Test
    void nothing_runs_or_sums_in_an_order_that_threads_or_libraries_decide() {
        nobodyCalls("java\\.util\\.(Collection|stream\\..*)\\.(parallelStream|parallel)");
        nobodyCalls("java\\.util\\.stream\\.DoubleStream\\.(sum|average|summaryStatistics)");
        nobodyCalls("java\\.util\\.stream\\.Collectors\\.(summing|averaging|summarizing)Double");
        nobodyCalls("java\\.util\\.DoubleSummaryStatistics\\..*");
        nobodyCalls("java\\.util\\.Arrays\\.parallel.*");
        nobodyCalls("jdk\\.incubator\\.vector\\.(Float|Double)Vector\\.reduceLanes");
    }

    @Test
    void no_function_is_used_whose_last_bit_is_the_machines_own() {
        nobodyCalls(
                "java\\.lang\\.Math\\.(exp|expm1|log|log1p|log10|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|pow|cbrt|hypot)");
        noClasses()
                .should()
                .accessTargetWhere(
                        describe(
                                "inexact vector functions",
                                access ->
                                        access.getTargetOwner()
                                                        .getName()
                                                        .equals(
                                                                "jdk.incubator.vector.VectorOperators")
                                                && access.getTarget()
                                                        .getName()
                                                        .matches(
                                                                "EXP|EXPM1|LOG|LOG1P|LOG10|SIN|COS|TAN|ASIN|ACOS|ATAN|ATAN2|SINH|COSH|TANH|POW|CBRT|HYPOT")))
                .check(CLASSES);
        nobodyCalls("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)\\..*");
        nobodyCalls("java\\.util\\.random\\..*");
    }

    /// `String.format` without a locale would use the default one.
    @Test
    void text_is_formatted_in_the_root_locale() {
        noClasses()
                .should()
                .accessTargetWhere(
                        describe(
                                "String.format or formatted without a locale, toLowerCase() or toUpperCase()",
                                access ->
                                        access.getTargetOwner().getName().equals("java.lang.String")
                                                && access instanceof JavaMethodCall method
                                                && (method.getTarget().getName().equals("formatted")
                                                        || method.getTarget()
                                                                        .getName()
                                                                        .matches(
                                                                                "format|toLowerCase|toUpperCase")
                                                                && method
                                                                        .getTarget()
                                                                        .getRawParameterTypes()
                                                                        .stream()
                                                                        .noneMatch(t ->
                                                                                t.getName()
                                                                                        .equals(
                                                                                                "java.util.Locale")))))
                .check(CLASSES);
    }
}
