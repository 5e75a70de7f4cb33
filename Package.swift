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
]

/// A module of the program. Dependencies point downwards only: list what is directly below.
func module(_ name: String, _ below: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: below, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestSupport"],
    path: "Tests/\(name)", exclude: [], swiftSettings: strict)
}

let package = Package(
  name: "essor",
  products: [.executable(name: "essor", targets: ["essor"])],
  targets: [
    // C libraries behind module maps.
    .systemLibrary(name: "CScan", path: "Libraries/CScan"),
    .systemLibrary(
      name: "CIsal", path: "Libraries/CIsal", pkgConfig: "libisal",
      providers: [.apt(["libisal-dev"])]),
    .systemLibrary(
      name: "CCrypto", path: "Libraries/CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    .target(name: "CDuckDB", path: "Libraries/CDuckDB", linkerSettings: [.linkedLibrary("dl")]),

    // Foundations: no word of the domain.
    module("Diagnostics"),
    module("Filesystem", ["Diagnostics", "CCrypto"]),
    module("Arguments", ["Diagnostics"]),
    module("Tabular", ["Diagnostics", "Filesystem", "CScan", "CIsal"]),
    module("DuckStore", ["Diagnostics", "Filesystem", "CDuckDB"]),
    module("Wording", ["Diagnostics", "Tabular"]),

    // The three rule books.
    module("Nomenclature", ["Diagnostics", "Tabular", "Wording"]),
    module("Territory", ["Diagnostics", "Filesystem", "Tabular", "Nomenclature", "Wording"]),
    module("Perimeter", ["Diagnostics", "Filesystem", "Tabular", "Nomenclature", "Wording"]),

    // From files to figures.
    module("Registers", ["Diagnostics", "Tabular", "Nomenclature", "Territory"]),
    module(
      "Warehouse",
      [
        "Diagnostics", "Filesystem", "Tabular", "DuckStore", "Nomenclature", "Territory",
        "Perimeter", "Registers", "Wording",
      ]),
    module("Simulator", ["Diagnostics", "Filesystem", "Tabular", "Nomenclature", "Territory"]),

    .executableTarget(
      name: "essor",
      dependencies: [
        "Diagnostics", "Filesystem", "Arguments", "Tabular", "DuckStore", "Nomenclature",
        "Territory", "Perimeter", "Registers", "Warehouse", "Simulator", "Wording",
      ],
      swiftSettings: strict,
      // Where `make install` puts the libraries that the program loads.
      linkerSettings: [
        .unsafeFlags(["-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/essor/runtime"])
      ]),

    .target(
      name: "TestSupport", dependencies: ["Diagnostics", "Filesystem", "Tabular"],
      path: "Tests/TestSupport", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
