internal import Diagnostics
internal import Tabular
internal import Territory

/// The first rows of a list, looked at to find out what its columns hold.
struct ListSample {
  static let rows = 400

  let columns: [String]
  private let place: Place
  /// By column, what is not empty.
  private var values: [[String]]

  private struct Enough: Error {}

  init(_ container: Container, header: @escaping TableReader.HeaderChoice) throws {
    let reader = try TableReader(container.stream(), TableReader.Options(header: header))
    columns = reader.columns
    var place = reader.place
    place.line = reader.headerLine
    self.place = place
    var values = [[String]](repeating: [], count: reader.columns.count)
    var seen = 0
    do {
      try reader.forEachBatch { batch in
        for record in 0..<batch.count {
          for column in values.indices {
            let text = batch[record][column].trimmed.text
            if !text.isEmpty { values[column].append(text) }
          }
          seen += 1
          if seen == Self.rows { throw Enough() }
        }
      }
    } catch is Enough {}
    self.values = values
  }

  func repeated(_ column: Int) -> Problem {
    TableReader.repeated(columns[column], among: columns, at: place)
  }

  func headless(_ value: String) -> Problem {
    Problem("list.no_header", at: place, ["column": value])
  }

  /// The share of values that can be what the field holds; nil where values tell nothing of it.
  func looks(like field: ListField, _ column: Int, _ places: AddressPlaces?) -> Double? {
    switch field {
    case .siren: share(column, Self.isSIREN)
    case .siret: share(column, Self.isSIRET)
    case .bce: share(column, Self.isBelgian)
    case .rna: share(column) { AssociationNumber($0) != nil }
    case .postcode:
      // Years look like Belgian postal codes.
      places.flatMap { places in
        share(column) { places.isPostcode($0) && !(1900...2100).contains(Int($0) ?? 0) }
      }
    case .commune: places.flatMap { places in share(column, places.isCommune) }
    case .place: places.flatMap { places in share(column) { $0.contains(where: \.isLetter) && places.isPlace($0) } }
    // Whether, not how many: it only tells which of two columns with a name for it holds days.
    case .since, .until: holdsDates(column) ? 1 : nil
    default: nil
    }
  }

  /// Most values are numbers, or rows that were not cut: a title was taken for the header.
  func holdsNoNames(_ name: String) -> Problem? {
    func isStrange(_ text: String) -> Bool { Self.isNumber(text) || text.contains { ";\t|".contains($0) } }
    guard let column = columns.firstIndex(of: name), let strange = share(column, isStrange), strange > 0.5 else {
      return nil
    }
    return Problem("list.no_names", at: place, ["column": name, "value": String(values[column][0].prefix(60))])
  }

  /// Four values in five read as a day.
  func holdsDates(_ column: Int) -> Bool { (share(column, ListFile.isDay) ?? 0) >= 0.8 }

  /// A column of texts, hardly one of them twice.
  func likeliestName(besides taken: Set<Int>) -> Int? {
    let likely = columns.indices.filter { !taken.contains($0) }.compactMap { column -> (column: Int, score: Double)? in
      let texts = values[column]
      guard !texts.isEmpty else { return nil }
      let letters = Double(texts.map { $0.count(where: \.isLetter) }.reduce(0, +)) / Double(texts.count)
      let distinct = Double(Set(texts).count) / Double(texts.count)
      return letters >= 5 && distinct >= 0.8 ? (column, distinct * min(letters, 20)) : nil
    }
    return likely.max { ($0.score, $1.column) < ($1.score, $0.column) }?.column
  }

  private func share(_ column: Int, _ fits: (String) -> Bool) -> Double? {
    let texts = values[column]
    guard !texts.isEmpty else { return nil }
    return Double(texts.count(where: fits)) / Double(texts.count)
  }

  /// Does a text hold the number of an organisation, of whatever kind?
  static func isNumber(_ text: String) -> Bool {
    isSIREN(text) || isSIRET(text) || isBelgian(text) || AssociationNumber(text) != nil
  }

  private static func isSIREN(_ text: String) -> Bool {
    digits(text).map { $0.count == 9 && Identifiers.luhn($0.value) } ?? false
  }

  private static func isSIRET(_ text: String) -> Bool {
    digits(text).map { $0.count == 14 && Identifiers.isValidSIRET($0.value) } ?? false
  }

  private static func isBelgian(_ text: String) -> Bool {
    let number = text.uppercased().hasPrefix("BE") ? String(text.dropFirst(2)) : text
    return digits(number).map { $0.count == 10 && Identifiers.isValidBelgian($0.value) } ?? false
  }

  private static func digits(_ text: String) -> (count: Int, value: UInt64)? {
    let plain = text.filter { !" .-\u{a0}\u{202f}".contains($0) }
    guard 9...14 ~= plain.utf8.count, plain.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let value = UInt64(plain) else {
      return nil
    }
    return (plain.utf8.count, value)
  }
}
