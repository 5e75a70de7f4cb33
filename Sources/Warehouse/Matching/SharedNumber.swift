package import Diagnostics
package import Matching

/// A number that decisions of a review file give to records of different names. The decisions are done as they are; but
/// two names are two organisations, as a rule.
package struct SharedNumber: Sendable, Equatable {
  /// As it is printed.
  package let number: String
  package let lines: [Int]
  package let names: [String]
}

extension ReviewFile {
  /// In the order of the file.
  package func shared(_ words: NameReading) throws(Problem) -> [SharedNumber] {
    let decisions = try decisions()
    var numbers: [String] = []
    var claims: [String: [(name: String, line: Int)]] = [:]
    for (row, line) in zip(rows, lines) where row.isDecided {
      guard case .number(let member)? = decisions[row.record] else { continue }
      let number = MemberLists.printed(member)
      if claims[number] == nil { numbers.append(number) }
      claims[number, default: []].append((row.name, line))
    }
    return numbers.compactMap { number -> SharedNumber? in
      let some = claims[number] ?? []
      guard Set(some.map { words($0.name).key }).count > 1 else { return nil }
      return SharedNumber(number: number, lines: some.map(\.line), names: some.map(\.name))
    }
  }
}
