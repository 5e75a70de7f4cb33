package import Diagnostics
import Filesystem
import NameIndex
import Nomenclature
package import Registers

extension OrganisationDirectory {
  /// Who answers, from `offset` on, `limit` at most.
  package func answer(
    _ question: DirectoryQuestion, offset: Int = 0, limit: Int? = nil
  ) throws(Problem) -> DirectoryAnswer {
    let filter = try DirectoryFilter(question, self)
    let query = try query(question.words)
    guard let query else { return listing(filter, offset, limit) }
    let matches = try names.matches(query, where: filter.isOpen ? nil : { filter.passes($0) })
    let end = limit.map { min(matches.count, offset.addingReportingOverflow($0).partialValue) } ?? matches.count
    let shown = offset < matches.count && end > offset ? matches.best(end).dropFirst(offset) : []
    let flags = columns.flags.raw
    let ceased = matches.count { flags[$0.name] & DirectoryFormat.Flag.isActive == 0 }
    return DirectoryAnswer(
      organisations: shown.map(\.name), total: matches.count, approximate: matches.approximate,
      restricted: 0, ceased: ceased, territory: filter.territory)
  }

  /// The words that were asked for; nil where none were, which is all organisations.
  private func query(_ words: String) throws(Problem) -> NameQuery? {
    guard !words.isEmpty else { return nil }
    guard words.unicodeScalars.count <= DirectoryQuestion.longestText else {
      throw Problem(
        "find.too_long", status: .commandLine,
        ["count": "#\(words.unicodeScalars.count)", "most": "#\(DirectoryQuestion.longestText)"])
    }
    let query = NameQuery(words, names.forms)
    guard !query.isEmpty else { throw Problem("find.no_words", status: .commandLine, ["words": words]) }
    return query
  }

  /// Without words, the order of the directory is that of the list.
  private func listing(_ filter: DirectoryFilter, _ offset: Int, _ limit: Int?) -> DirectoryAnswer {
    var shown: [Int] = []
    var (total, restricted, ceased) = (0, 0, 0)
    let flags = columns.flags.raw
    typealias Flag = DirectoryFormat.Flag
    let isOpen = filter.isOpen
    func look(_ position: Int) {
      guard isOpen || filter.passes(position) else { return }
      if total >= offset, shown.count < limit ?? .max { shown.append(position) }
      total += 1
      if flags[position] & Flag.isRestricted != 0 { restricted += 1 }
      if flags[position] & Flag.isActive == 0 { ceased += 1 }
    }
    if let bits = filter.inTerritory {
      for (word, var rest) in bits.enumerated() {
        while rest != 0 {
          look(word << 6 + rest.trailingZeroBitCount)
          rest &= rest - 1
        }
      }
    } else {
      for position in 0..<count { look(position) }
    }
    return DirectoryAnswer(
      organisations: shown, total: total, approximate: 0, restricted: restricted, ceased: ceased,
      territory: filter.territory)
  }

  // MARK: - By number

  /// The organisation of a number, or that of the establishment of a number.
  package func position(of number: OrganisationNumber) throws(Problem) -> Int? {
    switch number {
    case .siren(let siren): try position(siren, isBelgian: false)
    // The first nine digits of a SIRET are those of its unit.
    case .siret(let siret): try position(siret / 100_000, isBelgian: false)
    case .enterprise(let enterprise): try position(enterprise, isBelgian: true)
    case .belgianEstablishment(let establishment): try owner(establishment)
    }
  }

  private func position(_ number: UInt64, isBelgian: Bool) throws(Problem) -> Int? {
    func key(_ place: Int) throws(Problem) -> (UInt8, UInt64) {
      let position = Int(try columns.byNumber.at(place))
      return (try columns.flags.at(position) & DirectoryFormat.Flag.isBelgian, try columns.numbers.at(position))
    }
    let wanted = (isBelgian ? DirectoryFormat.Flag.isBelgian : 0, number)
    var (low, high) = (0, columns.byNumber.count)
    while low < high {
      let middle = (low + high) / 2
      if try key(middle) < wanted { low = middle + 1 } else { high = middle }
    }
    guard low < columns.byNumber.count, try key(low) == wanted else { return nil }
    return Int(try columns.byNumber.at(low))
  }

  private func owner(_ establishment: UInt64) throws(Problem) -> Int? {
    var (low, high) = (0, columns.belgianPlaces.count)
    while low < high {
      let middle = (low + high) / 2
      if try columns.belgianPlaces.at(middle) < establishment { low = middle + 1 } else { high = middle }
    }
    guard low < columns.belgianPlaces.count, try columns.belgianPlaces.at(low) == establishment else { return nil }
    return Int(try columns.belgianPlaceOwners.at(low))
  }

  /// The organisations that have a number of the register of associations: one, as a rule.
  package func positions(ofAssociation text: String) throws(Problem) -> [Int] {
    let wanted = Array(text.uppercased().utf8)
    var (low, high) = (0, columns.byAssociation.count)
    func bytes(_ place: Int) throws(Problem) -> UnsafeBufferPointer<UInt8> {
      try columns.associations.bytes(at: Int(columns.byAssociation.at(place)))
    }
    while low < high {
      let middle = (low + high) / 2
      if try bytes(middle).lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    var found: [Int] = []
    while low < columns.byAssociation.count, try bytes(low).elementsEqual(wanted) {
      found.append(Int(try columns.byAssociation.at(low)))
      low += 1
    }
    return found
  }
}

extension OrganisationDirectory {
  /// The words of a question that no name has, each with those that come nearest.
  package func unknownWords(
    _ question: DirectoryQuestion, atMost limit: Int
  ) throws(Problem) -> [(word: String, nearest: [String])] {
    try names.unknownWords(of: NameQuery(question.words, names.forms), atMost: limit)
  }
}
