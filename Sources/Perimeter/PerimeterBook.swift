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
          "nearest": nearest(to: id, among: perimeters.map(\.id)) ?? "",
        ])
    }
    return found
  }
}

extension Perimeter {
  /// May this form be in without a list, or with one? Such units are worth keeping in a build.
  package func mayLetIn(form: String, country: Country) -> Bool {
    guard countries.contains(country) else { return false }
    let scheme = country == .fr ? "fr-legal-forms" : "be-legal-forms"
    return rules.contains {
      $0.subject == .form && $0.effect == .include && $0.scheme == scheme && form.hasPrefix($0.code)
    }
  }
}
