internal import Nomenclature
internal import Wording

/// Finds the commune of a Belgian address from the place name in French, Dutch or German and the postal code.
package struct BelgianPlaces: Sendable {
  /// How an address was placed, the surest first: by the name of a commune of today or by that of a former one, where
  /// the postal code agrees or says nothing; by the postal code; by the nearest postal code below.
  package enum Method: String, Sendable { case name, former, postcode, range }

  /// Saint-Nicolas is in Liège, and the French name of Sint-Niklaas: a name may be that of several.
  private let byName: [String: [Int]]
  private let byFormerName: [String: [Int]]
  private let byPostcode: [Int: [Int]]
  /// In order: the code of a hamlet follows that of its centre.
  private let postcodes: [Int]
  private let postcodesOf: [Int: [Int]]

  package init(_ book: TerritoryBook) {
    var byName: [String: [Int]] = [:]
    for (index, commune) in book.communes.enumerated() where commune.code.hasPrefix("BE-") {
      let names = [commune.name, commune.dutchName, commune.germanName].compactMap(\.self)
      // Names of merged communes are in use one by one: Bilzen-Hoeselt.
      for name in Set(names.map(Self.plain)) { byName[name, default: []].append(index) }
    }
    var byFormerName: [String: [Int]] = [:]
    for (commune, today) in book.former where book.communes[today].code.hasPrefix("BE-") {
      for name in Set(commune.names.map(Self.plain)) where byFormerName[name]?.contains(today) != true {
        byFormerName[name, default: []].append(today)
      }
    }
    var postcodesOf: [Int: [Int]] = [:]
    for (postcode, communes) in book.belgianPostcodes {
      for commune in communes { postcodesOf[commune, default: []].append(postcode) }
    }
    self.byName = byName
    self.byFormerName = byFormerName
    self.postcodesOf = postcodesOf
    byPostcode = book.belgianPostcodes
    postcodes = book.belgianPostcodes.keys.sorted()
  }

  /// The position of the commune in the book.
  package func find(zip: String, french: String, dutch: String) -> (commune: Int, method: Method)? {
    let postcode = Int(zip).flatMap { 1000...9999 ~= $0 ? $0 : nil }
    guard zip.isEmpty || postcode != nil else { return nil }
    let names = [french, dutch].map(Self.plain).filter { !$0.isEmpty }
    let here = postcode.flatMap { byPostcode[$0] } ?? []
    // Names are borne by several: 9320 Nieuwerkerken is a part of Alost, not the commune near Hasselt.
    for name in names {
      let found = byName[name] ?? []
      let possible = here.isEmpty ? found : found.filter(here.contains)
      if !possible.isEmpty { return (nearest(possible, to: postcode), .name) }
    }
    for name in names {
      guard let found = byFormerName[name] else { continue }
      if let both = found.first(where: here.contains) { return (both, .former) }
      // Without a postal code, a name that several communes bore says nothing.
      if here.isEmpty, found.count == 1 { return (found[0], .former) }
    }
    if let first = here.first { return (first, .postcode) }
    guard let postcode, let below = postcodes.last(where: { $0 <= postcode }), let near = byPostcode[below]?.first
    else {
      return nil
    }
    return (near, .range)
  }

  /// Among communes of one name, the one whose postal code is nearest.
  private func nearest(_ communes: [Int], to postcode: Int?) -> Int {
    guard communes.count > 1, let postcode else { return communes[0] }
    return communes.min { distance($0, postcode) < distance($1, postcode) } ?? communes[0]
  }

  private func distance(_ commune: Int, _ postcode: Int) -> Int {
    (postcodesOf[commune] ?? []).map { abs($0 - postcode) }.min() ?? Int.max
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
