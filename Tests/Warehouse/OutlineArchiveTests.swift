import Filesystem
import Geometry
import Nomenclature
import Outlines
import Territory
import TestSupport
import Testing
import Warehouse

/// What an observatory draws before it has imported outlines.
@Suite("Outlines without a file")
struct OutlineArchiveTests {
  @Test func `France and the cells of Belgium share their border, and go on sharing it when it is simplified`() throws {
    let book = try Checkout.territories
    let archive = OutlineArchive(Checkout.installation, nil, book, environment: [:])
    let sources = try archive.communes(of: [.fr, .be])
    let set = try OutlineSet(#require(book["ZONE-EUROMETROPOLE"]), level: .commune, sources, book)
    let countries = set.outlines.map { Int32($0.territory.code.hasPrefix("FR") ? 0 : 1) }
    for tolerance in [0.0, 200, 1000] {
      let map = set.simplified(tolerance: tolerance).map
      let both = map.dissolved(into: countries, count: 2)
      let border = both.arcs.filter { $0.left >= 0 && $0.right >= 0 }.map(\.length).reduce(0, +) / 1000
      // Some sixty kilometres from Comines to Mortagne; a simplified line is shorter.
      #expect(45...120 ~= border, "\(border) km at \(tolerance) m")
      expectSmallChanges(set.map, map, tolerance: tolerance)
      let shapes = both.shapes()
      #expect((try Geos().intersection(shapes[0], shapes[1])?.area ?? 0) == 0)
    }
  }
}

/// What was prepared is a copy beside the sources.
@Suite("Outlines kept")
struct KeptOutlineTests {
  /// Cells of Belgium alone, which are made in no time: without the package of France.
  private func archive(in folder: TemporaryFolder) throws -> OutlineArchive {
    let bare = Installation(share: Checkout.installation.share, libraries: folder["none"])
    return OutlineArchive(
      bare, try Observatory(folder["o"], create: true), try Checkout.territories, environment: [:])
  }

  @Test func `a copy replaces those of before, and nothing that somebody is writing`() throws {
    let folder = try TemporaryFolder()
    let archive = try archive(in: folder)
    for name in ["be-old.map", "be-old.map.part-1", "fr-old.map"] { try folder.write("o/outlines/\(name)", "x") }
    let fresh = try archive.communes(of: .be)
    let names = try Folder.names(in: folder["o/outlines"])
    #expect(!names.contains("be-old.map"))
    #expect(names.contains("be-old.map.part-1") && names.contains("fr-old.map"))
    let kept = try #require(names.first { $0.hasPrefix("be-") && $0.hasSuffix(".map") })
    // A copy that is damaged is made again.
    var bytes = try Folder.contents(of: folder["o/outlines/\(kept)"])
    bytes[bytes.count / 2] ^= 1
    try folder.write("o/outlines/\(kept)", bytes)
    #expect(try archive.communes(of: .be) == fresh)
  }

  @Test func `a copy that cannot be kept stops nothing`() throws {
    let folder = try TemporaryFolder()
    let archive = try archive(in: folder)
    try folder.write("o/outlines", "in the place of the folder")
    #expect(try !archive.communes(of: .be).codes.isEmpty)
  }
}

extension PlanarMap {
  fileprivate var arcs: [(left: Int32, right: Int32, length: Double)] {
    (0..<arcCount).map { index in
      let line = arc(index).map(grid.point)
      let steps = zip(line, line.dropFirst()).map { a, b in
        ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
      }
      return (left[index], right[index], steps.reduce(0, +))
    }
  }
}
