import Diagnostics
import Filesystem
import Nomenclature
import Tabular

extension TerritoryBook.Builder {
  /// The territories made to measure of a folder: a file each, with a name, an author, and a code a row: communes, or
  /// whatever holds communes. `past` tells which communes of before have all that a commune of today has.
  mutating func addMade(in folder: String, _ past: [Country: CommuneHistory]) throws {
    for path in try Self.made(in: folder) { try addMade(path, past) }
  }

  /// Those of an observatory: one that cannot be is left out and told, and the others stand.
  mutating func addOwn(in folder: String, _ past: [Country: CommuneHistory]) throws -> [Problem] {
    var faults: [Problem] = []
    for path in try Self.made(in: folder) {
      do {
        try addMade(path, past)
      } catch let problem as Problem {
        faults.append(problem)
      }
    }
    return faults
  }

  private static func made(in folder: String) throws -> [String] {
    guard Folder.exists(folder) else { return [] }
    return try Folder.names(in: folder).sorted().filter { $0.lowercased().hasSuffix(".csv") }.map { "\(folder)/\($0)" }
  }

  private mutating func addMade(_ path: String, _ past: [Country: CommuneHistory]) throws {
    try checkWriting(path)
    let table = try DeclaredTable(path, columns: ["code"], properties: ["title_fr", "author"])
    let name = Folder.name(of: path)
    let id = String(name.dropLast(".csv".count))
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
    guard !id.isEmpty, id.allSatisfy(letters.contains) else {
      throw Problem("territories.made_name", at: Place(file: path, line: 1), ["name": name])
    }
    let code = "ZONE-\(id.uppercased())"
    if territories[code] != nil {
      throw Problem("territories.made_twice", at: Place(file: path), ["territory": code])
    }
    guard !table.entries.isEmpty else { throw Problem("territories.made_nothing", at: Place(file: path)) }
    // Nothing is added before all is known to be right.
    let members = try members(table, past)
    add(code, .zone, table["title_fr"], dutch: table["title_nl"], english: table["title_en"], in: [])
    for position in members { communes[position].ancestors.append(code) }
  }

  /// What spreadsheets make of such a file, told before a column is missed that is there to be seen.
  private func checkWriting(_ path: String) throws(Problem) {
    let bytes = try Folder.contents(of: path)
    if let line = TextEncoding.lineOutOfUTF8(bytes) {
      throw Problem("territories.made_not_utf8", at: Place(file: path, line: line))
    }
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let text = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0)
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let header = lines.firstIndex(where: { $0.first != UInt8(ascii: "#") }) else { return }
    let isSeparated = lines[header].contains(UInt8(ascii: ";")) || lines[header].contains(UInt8(ascii: "\t"))
    if isSeparated, !lines[header].contains(UInt8(ascii: ",")) {
      throw Problem("territories.made_separator", at: Place(file: path, line: header + 1))
    }
  }

  /// The positions of its communes.
  private func members(_ table: DeclaredTable, _ past: [Country: CommuneHistory]) throws -> [Int] {
    let listed = Set(table.entries.map { Self.code($0) })
    var wanted: [String: (entry: DeclaredTable.Entry, isMet: Bool)] = [:]
    var seen: Set<String> = []
    for entry in table.entries {
      defer { seen.insert(Self.code(entry)) }
      let found = try today(Self.code(entry), entry, table, listed, past)
      try checkName(entry, table, found)
      if wanted.updateValue((entry, false), forKey: found) != nil {
        // All parts of one commune of today are that commune, once.
        if found != Self.code(entry) || !seen.contains(found) { continue }
        throw table.problem("share.duplicate", entry, ["code": Self.code(entry)])
      }
    }
    var members: Set<Int> = []
    for code in wanted.keys {
      if let position = position(ofCommune: code) {
        wanted[code]?.isMet = true
        members.insert(position)
      }
    }
    // Only what is larger than a commune has to be looked for in all of them.
    if wanted.values.contains(where: { !$0.isMet }) {
      // Thousands of them share one list of ancestors.
      var known: [UnsafeRawPointer?: Bool] = [:]
      for position in communes.indices {
        let list = communes[position].ancestors.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
        let isMember =
          known[list]
          ?? communes[position].ancestors.reduce(false) { isMember, code in
            guard let index = wanted.index(forKey: code) else { return isMember }
            wanted.values[index].isMet = true
            return true
          }
        known[list] = isMember
        if isMember { members.insert(position) }
      }
    }
    if let empty = wanted.filter({ !$0.value.isMet }).min(by: { $0.value.entry.line < $1.value.entry.line }) {
      throw table.problem("territories.made_empty", empty.value.entry, ["territory": empty.key])
    }
    return members.sorted()
  }

  /// A name beside the code of a commune must be one of its names: else one of the two was meant for another. Names of
  /// larger territories are written in too many ways.
  private func checkName(_ entry: DeclaredTable.Entry, _ table: DeclaredTable, _ today: String) throws(Problem) {
    let (code, written) = (Self.code(entry), trimmed(entry["name"]))
    guard !written.isEmpty, Self.official(code) != nil else { return }
    let known = names.names(of: code, territories[today])
    if !MemberNames.agrees(written, with: known) {
      let name = territories[code]?.name ?? names.names(of: code, nil).first ?? known.first ?? ""
      throw table.problem("territories.made_other_name", entry, ["territory": code, "written": written, "name": name])
    }
  }

  /// Where the commune of today with this code stands.
  private func position(ofCommune code: String) -> Int? {
    guard let (country, number) = Self.official(code) else { return nil }
    return (country == .fr ? french[number] : belgian[number]).flatMap { communes[$0].code == code ? $0 : nil }
  }

  private static func code(_ entry: DeclaredTable.Entry) -> String { trimmed(entry["code"]).uppercased() }

  /// The territory of today that a row means.
  private func today(
    _ code: String, _ entry: DeclaredTable.Entry, _ table: DeclaredTable, _ listed: Set<String>,
    _ past: [Country: CommuneHistory]
  ) throws -> String {
    if code.hasPrefix("ZONE-"), territories[code] != nil {
      throw table.problem("territories.made_of_made", entry, ["territory": code])
    }
    if territories[code] != nil { return code }
    guard let (country, number) = Self.official(code),
      let commune = (country == .fr ? french[number] : belgian[number]).map({ communes[$0] })
    else {
      let near = nearest(to: code, among: territories.keys.filter { !$0.hasPrefix("ZONE-") }) ?? ""
      throw table.problem("territories.made_unknown", entry, ["territory": code, "nearest": near])
    }
    var parts = Set((past[country]?.whole(of: number) ?? []).map { "\(country.rawValue)-COM-\($0)" })
    if let arrondissements = cityParts[commune.code], arrondissements.contains(code) { parts = arrondissements }
    guard listed.contains(commune.code) || (!parts.isEmpty && listed.isSuperset(of: parts)) else {
      throw table.problem(
        "territories.made_part", entry,
        ["territory": code, "code": commune.code, "name": commune.name])
    }
    return commune.code
  }

  /// `FR-COM-59355`: country and number.
  private static func official(_ code: String) -> (country: Country, number: String)? {
    let parts = code.split(separator: "-").map(String.init)
    guard parts.count == 3, parts[1] == "COM", let country = Country(rawValue: parts[0]) else { return nil }
    return (country, parts[2])
  }
}

extension CommuneHistory {
  /// The communes that, when this one ended, had together what one commune of today has; itself alone where it was only
  /// given another code.
  package func whole(of code: String) -> Set<String> {
    guard case .whole(let today) = fate(of: code), let ended = lives[code]?.changes.last(where: { !$0.isAlive })?.day,
      let eve = days.last(where: { $0 < ended }) ?? Optional(Day(ended.year - 1, 12, 31))
    else { return [] }
    return communes(on: eve).filter { fate(of: $0, on: eve) == .whole(today) }
  }
}
