// swift-tools-version: 6.2
import PackageDescription

/// Every target gets the same strict settings; a warning stops the build.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .treatAllWarnings(as: .error),
  // One optimised build serves the program and its tests, which look inside some modules.
  .unsafeFlags(["-enable-testing"]),
]

/// A module of the program. Dependencies point downwards only: list what is directly below.
func module(_ name: String, _ below: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: below, swiftSettings: strict)
}

let everything: [Target.Dependency] = [
  "Diagnostics", "Filesystem", "Arguments", "Tabular", "JSONText", "DuckStore", "LiteStore", "Geometry", "NameIndex",
  "Nomenclature", "Territory", "Outlines", "Perimeter", "Matching", "Registers", "Directory", "Secrecy", "Warehouse",
  "Indicators", "Exchange", "Simulator", "Wording", "Console",
]

/// Tests are compiled without optimisation: they wait for the program, not for themselves.
let tested = strict + [.unsafeFlags(["-Onone"])]

func tests(_ name: String) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: everything + ["TestSupport"], path: "Tests/\(name)",
    swiftSettings: tested)
}

let package = Package(
  name: "essor",
  products: [.executable(name: "essor", targets: ["essor"])],
  targets: [
    // C libraries behind module maps.
    .systemLibrary(name: "CScan", path: "Libraries/CScan"),
    .systemLibrary(name: "CFiles", path: "Libraries/CFiles"),
    .systemLibrary(
      name: "CIsal", path: "Libraries/CIsal", pkgConfig: "libisal",
      providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CCrypto", path: "Libraries/CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CSQLite", path: "Libraries/CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    // Opened at run time: what a command does not use, its start does not wait for.
    .target(name: "CGeos", path: "Libraries/CGeos", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CProj", path: "Libraries/CProj", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CXlsxWriter", path: "Libraries/CXlsxWriter", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CDuckDB", path: "Libraries/CDuckDB", linkerSettings: [.linkedLibrary("dl")]),

    // Foundations: no word of the domain.
    module("Diagnostics"),
    module("Filesystem", ["Diagnostics", "CCrypto", "CFiles"]),
    module("Arguments", ["Diagnostics"]),
    module("Tabular", ["Diagnostics", "Filesystem", "CScan", "CIsal"]),
    module("JSONText", ["Diagnostics"]),
    module("DuckStore", ["Diagnostics", "Filesystem", "CDuckDB"]),
    module("LiteStore", ["Diagnostics", "CSQLite"]),
    module("Geometry", ["Diagnostics", "Filesystem", "Tabular", "LiteStore", "CGeos", "CProj"]),
    module("Wording", ["Diagnostics", "Tabular"]),
    module("NameIndex", ["Diagnostics", "Filesystem"]),

    // The three rule books.
    module("Nomenclature", ["Diagnostics", "Tabular", "Wording"]),
    module("Territory", ["Diagnostics", "Filesystem", "Tabular", "Nomenclature", "Wording"]),
    module("Perimeter", ["Diagnostics", "Filesystem", "Tabular", "Nomenclature", "Wording"]),
    // The facts, and the only door by which sums of them leave.
    module("Secrecy", ["Diagnostics", "Filesystem", "Tabular", "DuckStore", "Wording"]),
    module("Outlines", ["Diagnostics", "Filesystem", "Tabular", "Geometry", "Nomenclature", "Territory", "Wording"]),

    // Organisations that two sources name.
    module("Matching", ["Diagnostics", "Tabular"]),

    // From files to figures.
    module(
      "Registers",
      ["Diagnostics", "Filesystem", "Tabular", "JSONText", "Matching", "Nomenclature", "Territory", "Wording"]),
    module(
      "Directory",
      [
        "Diagnostics", "Filesystem", "Tabular", "Wording", "NameIndex", "Nomenclature", "Territory", "Perimeter",
        "Registers",
      ]),
    module(
      "Warehouse",
      [
        "Diagnostics", "Filesystem", "Tabular", "DuckStore", "Secrecy", "Nomenclature", "Territory",
        "Perimeter", "Matching", "Registers", "Wording", "NameIndex", "Directory", "Geometry", "Outlines",
      ]),
    // What figures mean: measures, indicators, standard tables, comparability.
    module(
      "Indicators",
      [
        "Diagnostics", "Filesystem", "Tabular", "Wording", "Nomenclature", "Territory", "Perimeter", "Secrecy",
        "Registers", "Warehouse",
      ]),
    // The files that others read.
    module(
      "Exchange",
      [
        "Diagnostics", "Filesystem", "Tabular", "DuckStore", "Wording", "Nomenclature", "Secrecy", "Indicators",
        "CXlsxWriter",
      ]),
    module("Simulator", ["Diagnostics", "Filesystem", "Tabular", "Nomenclature", "Territory", "Perimeter", "Wording"]),

    // What a person sees in a terminal.
    module(
      "Console",
      [
        "Diagnostics", "Filesystem", "Arguments", "Tabular", "JSONText", "DuckStore", "Geometry", "NameIndex",
        "Secrecy", "Indicators", "Exchange", "Nomenclature", "Territory", "Outlines", "Perimeter", "Matching",
        "Registers", "Directory", "Warehouse",
        "Simulator", "Wording",
      ]),

    .executableTarget(
      name: "essor", dependencies: ["Console"], swiftSettings: strict,
      linkerSettings: [
        .unsafeFlags([
          // Swift's own libraries inside the program: it starts in two thirds of the time, and a person waits for
          // nothing else in `essor find`. FoundationEssentials needs the four that follow.
          "-static-stdlib", "-use-ld=lld", "-l_FoundationCollections", "-l_FoundationCShims", "-l_FoundationICU",
          "-lCoreFoundation",
          // Where `make install` puts the libraries that the program loads. The old kind of path, which holds for what
          // these load in turn: GEOS is a library behind another.
          "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/essor/runtime", "-Xlinker", "--disable-new-dtags",
        ])
      ]),

    // What bench/directory times without a process a question.
    .executableTarget(
      name: "directory-inside", dependencies: ["Diagnostics", "Directory"], path: "bench/inside", swiftSettings: strict),

    // What bench/tables times without a process a table.
    .executableTarget(
      name: "tables-inside",
      dependencies: [
        "Diagnostics", "Filesystem", "Nomenclature", "Perimeter", "Territory", "Secrecy", "Registers",
        "Warehouse", "Indicators", "Wording",
      ], path: "bench/inside-tables", swiftSettings: strict),

    // Tests: one folder a module, what they share in TestSupport.
    .target(
      name: "TestSupport", dependencies: everything + ["CSQLite"], path: "Tests/TestSupport", swiftSettings: strict),
    tests("Tabular"), tests("JSONText"), tests("Filesystem"), tests("LiteStore"), tests("Geometry"),
    tests("Identifiers"), tests("Simulator"), tests("Nomenclature"), tests("Perimeter"), tests("Territory"),
    tests("Outlines"), tests("Matching"), tests("Registers"), tests("NameIndex"), tests("Directory"), tests("Secrecy"),
    tests("Indicators"),
    tests("Exchange"),
    tests("Warehouse"),
    tests("CommandLine"),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
