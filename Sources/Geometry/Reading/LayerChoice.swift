import Diagnostics

/// Which layer of a file is meant, where layers have names.
enum LayerChoice {
  /// The position of the layer of that name, whatever its capitals; of the only one, where none is said.
  static func position(of name: String?, among known: [String], in path: String) throws(Problem) -> Int {
    let found = known.indices.filter { index in name.map { known[index].lowercased() == $0.lowercased() } ?? true }
    if found.count == 1 { return found[0] }
    let list = known.joined(separator: ", ")
    guard let name, found.isEmpty else { throw Problem("layer.several", at: Place(file: path), ["found": list]) }
    throw Problem(
      "layer.absent", status: .commandLine, at: Place(file: path),
      ["layer": name, "found": list, "nearest": nearest(to: name, among: known) ?? ""])
  }

  /// A GeoJSON is one layer, without a name to ask for.
  static func none(but name: String?, in path: String) throws(Problem) {
    if let name {
      throw Problem("layer.needless", status: .commandLine, at: Place(file: path), ["layer": name])
    }
  }
}
