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
    let sources = try [archive.communes(of: .fr), archive.communes(of: .be)]
    let set = try OutlineSet(#require(book["ZONE-EUROMETROPOLE"]), level: .commune, sources, book)
    let countries = set.outlines.map { Int32($0.territory.code.hasPrefix("FR") ? 0 : 1) }
    for tolerance in [0.0, 200, 1000] {
      let map = set.simplified(tolerance: tolerance).map
      let both = map.dissolved(into: countries, count: 2)
      let border = both.arcs.filter { $0.left >= 0 && $0.right >= 0 }.map(\.length).reduce(0, +) / 1000
      // Some sixty kilometres from Comines to Mortagne; a simplified line is shorter.
      #expect(45...120 ~= border, "\(border) km at \(tolerance) m")
      let whole = map.dissolved(into: [Int32](repeating: 0, count: map.count), count: 1)
      #expect(map.doubledAreas.reduce(0, +) == whole.doubledAreas[0])
      let shapes = both.shapes()
      #expect((try Geos().intersection(shapes[0], shapes[1])?.area ?? 0) == 0)
    }
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
