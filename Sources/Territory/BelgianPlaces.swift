internal import Nomenclature

/// Finds the commune of a Belgian address from the place name in French or Dutch and the postal code.
package struct BelgianPlaces: Sendable {
  /// How an address was placed, the surest first.
  package enum Method: String, Sendable { case name, postcode, range }

  /// Saint-Nicolas is in Liège, and the French name of Sint-Niklaas: a name may be that of several.
  private let byName: [String: [Int]]
  private let byPostcode: [String: Int]
  /// Main postal codes in order: the code of a part of a commune follows that of its centre.
  private let mains: [(postcode: Int, commune: Int)]

  package init(_ book: TerritoryBook) {
    var byName: [String: [Int]] = [:]
    var byPostcode: [String: Int] = [:]
    var mains: [(Int, Int)] = []
    for (index, commune) in book.communes.enumerated() where commune.code.hasPrefix("BE-") {
      for name in Set([commune.name, commune.dutchName ?? commune.name].map(Self.plain)) {
        byName[name, default: []].append(index)
      }
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
    let number = Int(zip).flatMap { 1000...9999 ~= $0 ? $0 : nil }
    guard zip.isEmpty || number != nil else { return nil }
    for name in [french, dutch] where !name.isEmpty {
      if let found = byName[Self.plain(name)] { return (nearest(found, to: number), .name) }
    }
    if let found = byPostcode[zip] { return (found, .postcode) }
    guard let number, let near = mains.last(where: { $0.postcode <= number }) else { return nil }
    return (near.commune, .range)
  }

  /// Among communes of one name, the one whose postal code is nearest.
  private func nearest(_ communes: [Int], to postcode: Int?) -> Int {
    guard communes.count > 1, let postcode else { return communes[0] }
    return communes.min { distance($0, postcode) < distance($1, postcode) } ?? communes[0]
  }

  private func distance(_ commune: Int, _ postcode: Int) -> Int {
    mains.filter { $0.commune == commune }.map { abs($0.postcode - postcode) }.min() ?? Int.max
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
