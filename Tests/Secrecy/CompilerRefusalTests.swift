import Filesystem
import TestSupport
import Testing

/// No other module reaches a raw sum: not by convention, the compiler refuses it.
///
/// Each line is compiled as another module of the package would be, against the modules that the tests are linked with.
@Suite("What the compiler refuses")
struct CompilerRefusalTests {
  private static func compile(_ line: String) throws -> (status: Int32, text: String) {
    let compiler = try #require(Tool("swiftc"))
    let folder = try TemporaryFolder()
    try folder.write(
      "other.swift",
      """
      import Secrecy
      import Warehouse
      func other(_ facts: Facts, _ tabulation: Tabulation, _ block: CellBlock, _ release: Release) throws { \(line) }
      """)
    let libraries = "\(Checkout.root)/Libraries"
    var maps = try Folder.names(in: libraries).map { "\(libraries)/\($0)/module.modulemap" }.filter(Folder.fileExists)
    // Those whose code is compiled have a map of the build's making.
    let built = "\(modules)/.."
    maps += try Folder.names(in: built).map { "\(built)/\($0)/module.modulemap" }.filter(Folder.fileExists)
    return try compiler.run(
      [
        "-typecheck", "-swift-version", "6", "-package-name", Folder.name(of: Checkout.root).lowercased(), "-I",
        modules,
        folder["other.swift"],
      ] + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] })
  }

  private static let modules = "\(Checkout.root)/.build/release/Modules"

  @Test(arguments: [
    "_ = facts.columns", "_ = facts.unit", "_ = facts.bands", "_ = facts.unitNumbers",
    "_ = Sums(keys: 1, measures: 1, withContributions: false)", "_ = KeySum()", "_ = MeasureSum()",
    "_ = Cell(.published, value: 1)", "_ = ConcentrationBands(of: [1])", "_ = try release.store",
  ]) func `a raw sum`(line: String) throws {
    let result = try Self.compile(line)
    #expect(result.status != 0, "\(line)")
    #expect(
      result.text.contains("protection level") || result.text.contains("cannot find"), "\(line): \(result.text)")
  }

  /// The refusals above are of what they name: what is open compiles.
  @Test func `what is open compiles`() throws {
    let result = try Self.compile("_ = (facts.years, block.cells, Cell.zero, release.manifest)")
    #expect(result.status == 0, "\(result.text)")
  }
}
