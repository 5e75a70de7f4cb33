package import Nomenclature
internal import Wording

/// Finds the communes that an address may lie in, of either country, from what people write: a code, a postal code,
/// the name of a place.
package struct AddressPlaces: Sendable {
  private let book: TerritoryBook
  private let belgian: BelgianPlaces
  /// French communes by folded name and by postal code.
  private let byName: [String: [Int]]
  private let byPostcode: [String: [Int]]

  package init(_ book: TerritoryBook) {
    self.book = book
    belgian = BelgianPlaces(book)
    var byName: [String: [Int]] = [:]
    var byPostcode: [String: [Int]] = [:]
    for (index, commune) in book.communes.enumerated() where commune.code.hasPrefix("FR-") {
      byName[Self.folded(commune.name), default: []].append(index)
      for postcode in commune.postcodes { byPostcode[postcode, default: []].append(index) }
    }
    for (commune, today) in book.former where book.communes[today].code.hasPrefix("FR-") {
      for name in Set(commune.names.map(Self.folded)) where byName[name]?.contains(today) != true {
        byName[name, default: []].append(today)
      }
    }
    self.byName = byName
    self.byPostcode = byPostcode
  }

  /// The country that a postal code is of: five digits in France, four in Belgium.
  package static func country(ofPostcode text: String) -> Country? {
    guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return switch text.utf8.count {
    case 5: .fr
    case 4: .be
    default: nil
    }
  }

  /// Positions in `book.communes`, the likeliest alone where one is plain; nothing where nothing is known.
  package func communes(_ country: Country?, code: String = "", postcode: String = "", place: String = "") -> [Int] {
    let postcode = postcode.filter { $0 != " " && $0 != "\u{a0}" }
    let country = country ?? Self.country(ofPostcode: postcode)
    if !code.isEmpty {
      // A code without its leading zero is that of nobody else.
      let french = country == .be ? nil : book.french[code] ?? book.french["0" + code]
      let belgian = country == .fr ? nil : book.belgian[code]
      // 11001 is in the Aude and near Antwerp: the name of the place says which, or nothing does.
      if let french, let belgian {
        let named = [french, belgian].filter {
          byName[Self.folded(place)]?.contains($0) == true || belgium("", place) == [$0]
        }
        return named.count == 1 ? named : []
      }
      if let found = french ?? belgian { return [found] }
    }
    switch country {
    case .be: return belgium(postcode, place)
    case .fr: return france(postcode.utf8.count == 4 ? "0" + postcode : postcode, place)
    case nil:
      // A name alone, of whichever country has it.
      let both = france("", place) + belgium("", place)
      return both.count == 1 ? both : []
    }
  }

  package func isPlace(_ name: String) -> Bool {
    byName[Self.folded(name)] != nil || belgian.find(zip: "", french: name, dutch: "") != nil
  }

  package func isPostcode(_ text: String) -> Bool {
    byPostcode[text] != nil || Int(text).map { text.utf8.count == 4 && book.belgianPostcodes[$0] != nil } ?? false
  }

  package func isCommune(_ code: String) -> Bool { book.french[code] != nil || book.belgian[code] != nil }

  private func belgium(_ postcode: String, _ place: String) -> [Int] {
    belgian.find(zip: postcode, french: place, dutch: "").map { [$0.commune] } ?? []
  }

  private func france(_ postcode: String, _ place: String) -> [Int] {
    let here = byPostcode[postcode] ?? []
    let named = place.isEmpty ? [] : byName[Self.folded(place)] ?? []
    let both = named.filter(here.contains)
    if !both.isEmpty { return both }
    if !named.isEmpty {
      if postcode.isEmpty { return named.count == 1 ? named : [] }
      // Postal codes of companies (CEDEX) are in no list: their first two digits are those of the département.
      let near = named.filter { index in
        book.communes[index].postcodes.contains { $0.prefix(2) == postcode.prefix(2) }
          || book.communes[index].official.prefix(2) == postcode.prefix(2)
      }
      if !near.isEmpty { return near }
    }
    return here
  }

  /// `LILLE CEDEX 9`, `Paris 12e`, `Marseille 3`: the name of the commune.
  private static func folded(_ name: String) -> String {
    var words = PlaceNames.saints(name.folded).split(separator: " ")
    if let cedex = words.firstIndex(of: "cedex"), cedex > 0 { words = Array(words[..<cedex]) }
    if words.count > 1, let last = words.last, last.first?.isNumber == true { words.removeLast() }
    return words.joined(separator: " ")
  }
}
