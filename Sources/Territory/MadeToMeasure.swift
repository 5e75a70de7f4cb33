import Diagnostics
import Filesystem
import Tabular

extension TerritoryBook.Builder {
  /// The territories made to measure of a folder: a file each, with a name, an author, and a code a row: communes, or
  /// whatever holds communes.
  mutating func addMade(in folder: String) throws {
    guard Folder.exists(folder) else { return }
    for name in try Folder.names(in: folder).sorted() where name.hasSuffix(".csv") {
      let path = "\(folder)/\(name)"
      let table = try DeclaredTable(path, columns: ["code"], properties: ["title_fr", "author"])
      let id = String(name.dropLast(".csv".count))
      let letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
      guard !id.isEmpty, id.allSatisfy(letters.contains) else {
        throw Problem("territories.made_name", at: Place(file: path, line: 1), ["name": name])
      }
      let code = "ZONE-\(id.uppercased())"
      if territories[code] != nil {
        throw Problem("territories.made_twice", at: Place(file: path), ["territory": code])
      }
      guard !table.entries.isEmpty else { throw Problem("table.header_only", at: Place(file: path)) }
      add(code, .zone, table["title_fr"], dutch: table["title_nl"], english: table["title_en"], in: [])
      try addMembers(of: code, table)
    }
  }

  private mutating func addMembers(of zone: String, _ table: DeclaredTable) throws {
    var wanted: [String: Bool] = [:]  // whether a commune was met
    var lines: [String: DeclaredTable.Entry] = [:]
    for entry in table.entries {
      let code = trimmed(entry["code"]).uppercased()
      // A French commune of before is the one of today; what is written is what was meant.
      let today = Self.official(code).flatMap { country, number in
        (country == "FR" ? french[number] : belgian[number]).map { communes[$0].code }
      }
      let found = territories[code] != nil ? code : today
      guard let found, !found.hasPrefix("ZONE-") else {
        let near = nearest(to: code, among: territories.keys) ?? ""
        throw table.problem("territories.made_unknown", entry, ["territory": code, "nearest": near])
      }
      if wanted.updateValue(false, forKey: found) != nil {
        throw table.problem("share.duplicate", entry, ["code": code])
      }
      lines[found] = entry
    }
    for position in communes.indices {
      let holders = ([communes[position].code] + communes[position].ancestors).filter { wanted[$0] != nil }
      guard !holders.isEmpty else { continue }
      for holder in holders { wanted[holder] = true }
      communes[position].ancestors.append(zone)
    }
    for (code, isMet) in wanted where !isMet {
      guard let entry = lines[code] else { continue }
      throw table.problem("territories.made_empty", entry, ["territory": code])
    }
  }

  /// `FR-COM-59355`: country and number.
  private static func official(_ code: String) -> (country: String, number: String)? {
    let parts = code.split(separator: "-").map(String.init)
    return parts.count == 3 && parts[1] == "COM" ? (parts[0], parts[2]) : nil
  }
}
