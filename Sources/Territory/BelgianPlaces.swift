internal import Nomenclature

/// Finds the commune of a Belgian address from the place name in French or Dutch and the postal code.
package struct BelgianPlaces: Sendable {
  /// How an address was placed, the surest first.
  package enum Method: String, Sendable { case name, postcode, range }

  private let byName: [String: Int]
  private let byPostcode: [String: Int]
  /// Main postal codes in order: the code of a part of a commune follows that of its centre.
  private let mains: [(postcode: Int, commune: Int)]

  package init(_ book: TerritoryBook) {
    var byName: [String: Int] = [:]
    var byPostcode: [String: Int] = [:]
    var mains: [(Int, Int)] = []
    for (index, commune) in book.communes.enumerated() where commune.code.hasPrefix("BE-") {
      for name in [commune.name, commune.dutchName ?? commune.name] { byName[Self.plain(name)] = index }
      for postcode in commune.postcodes {
        byPostcode[postcode] = index
        if let number = Int(postcode) { mains.append((number, index)) }
      }
    }
    self.byName = byName
    self.byPostcode = byPostcode
    self.mains = mains.sorted { $0.0 < $1.0 }
  }

  /// The position of the commune in the book.
  package func find(zip: String, french: String, dutch: String) -> (commune: Int, method: Method)? {
    for name in [french, dutch] where !name.isEmpty {
      if let found = byName[Self.plain(name)] { return (found, .name) }
    }
    if let found = byPostcode[zip] { return (found, .postcode) }
    guard zip.utf8.count == 4, let number = Int(zip), number >= 1000 else { return nil }
    guard let near = mains.last(where: { $0.postcode <= number }) else { return nil }
    return (near.commune, .range)
  }

  /// Lower case, without accents, hyphens, apostrophes or what stands between brackets.
  static func plain(_ name: String) -> String {
    var text = ""
    var depth = 0
    for scalar in name.lowercased().decomposed {
      switch scalar {
      case "(": depth += 1
      case ")": depth -= 1
      default:
        if depth == 0, scalar.properties.isAlphabetic { text.unicodeScalars.append(scalar) }
      }
    }
    return text
  }
}

extension String {
  /// The letters without their accents, for the languages of the two countries.
  fileprivate var decomposed: [Unicode.Scalar] {
    unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
      switch scalar {
      case "à", "â", "ä", "á": ["a"]
      case "é", "è", "ê", "ë": ["e"]
      case "î", "ï", "í": ["i"]
      case "ô", "ö", "ó": ["o"]
      case "ù", "û", "ü", "ú": ["u"]
      case "ç": ["c"]
      case "œ": ["o", "e"]
      default: [scalar]
      }
    }
  }
}
