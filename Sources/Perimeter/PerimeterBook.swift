package import Diagnostics
import Filesystem
package import Nomenclature

/// All the perimeters under `share/perimeters`, checked on loading.
package struct PerimeterBook: Sendable {
  package let perimeters: [Perimeter]

  package init(share: String, _ book: NomenclatureBook) throws {
    let folder = "\(share)/perimeters"
    perimeters = try Folder.names(in: folder).filter { $0.hasSuffix(".csv") }.map {
      try Perimeter("\(folder)/\($0)", book)
    }
  }

  package func perimeter(_ id: String) throws(Problem) -> Perimeter {
    guard let found = perimeters.first(where: { $0.id == id }) else {
      throw Problem(
        "perimeter.unknown", status: .commandLine,
        [
          "perimeter": id, "known": perimeters.map(\.id).joined(separator: ", "),
          "nearest": nearest(to: id, among: perimeters.map(\.id)) ?? perimeters.first?.id ?? "",
        ])
    }
    return found
  }

  /// The forms of a country that some rule may let in without a list: units worth keeping in a build.
  package func mayLetIn(form: String, country: Country) -> Bool {
    perimeters.contains { perimeter in
      guard perimeter.countries.contains(country) else { return false }
      return perimeter.rules.contains {
        $0.subject == .form && $0.effect != .exclude
          && ($0.scheme == "fr-legal-forms") == (country == .fr) && form.hasPrefix($0.code)
      }
    }
  }
}
