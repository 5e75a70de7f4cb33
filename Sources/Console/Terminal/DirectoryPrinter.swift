import Diagnostics
import Directory
import Exchange
import Nomenclature
import Tabular
import Territory
import Warehouse
import Wording

/// The organisations that were found, for a terminal, a spreadsheet or a machine.
struct DirectoryPrinter {
  let directory: OrganisationDirectory
  let release: String
  let question: DirectoryQuestion
  let answer: DirectoryAnswer
  let offset: Int
  private(set) var words: Words

  /// Longer names are cut in a table; the CSV and the JSON have them whole.
  private static let longestName = 60

  // MARK: - Text

  var text: String {
    get throws {
      var parts: [String] = []
      if let title { parts.append(Terminal.bold(title)) }
      parts.append(answer.total == 0 ? try nothing : try table)
      parts.append(Terminal.notes(notes(onScreen: true)))
      return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
  }

  private var title: String? {
    let asked = question.words.printable
    let typed = asked.isEmpty ? nil : words("find.asked", ["words": asked])
    let place = answer.territory.map { item in
      "\(item.label[words.language]) (\(words("level.\(item.level.rawValue)")), \(item.code))"
    }
    let parts = [typed, place].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " – ")
  }

  private var table: String {
    get throws {
      var table = TextTable(header: ["name", "place", "family", "size", "number"].map { words("find.\($0)") })
      table.textColumns = 4
      for position in answer.organisations {
        let one = try directory.organisation(position)
        table.lines.append(
          .init(cells: [
            name(one), try place(one), one.family?.label[words.language] ?? "–",
            one.size?.label[words.language] ?? "", one.id,
          ]))
      }
      return table.drawn()
    }
  }

  private func name(_ one: Organisation) -> String {
    var name = one.name
    if name.isEmpty { name = words(one.isRestricted ? "find.restricted" : "explain.nameless") }
    if name.count > Self.longestName { name = name.prefix(Self.longestName - 1) + "…" }
    return one.isActive ? name : "\(name) (\(words("find.ceased")))"
  }

  /// The commune with its département or province: several are called Saint-Denis.
  private func place(_ one: Organisation) throws -> String {
    guard let commune = one.commune else { return "" }
    let holder = try directory.territories.holders(of: commune).first {
      [.departement, .province].contains($0.level)
    }
    let names = [try directory.territories.commune(commune), holder].compactMap { $0?.label[words.language] }
    return names.count == 2 && names[0] == names[1] ? names[0] : names.joined(separator: ", ")
  }

  /// What must be known to read the list rightly. A file says apart which release it is of.
  private func notes(onScreen: Bool) -> [String] {
    var notes = [words("find.total", ["count": words.number(answer.total)])]
    if answer.approximate > 0 {
      notes.append(words("find.approximate", ["count": words.number(answer.approximate)]))
    }
    let shown = answer.organisations.count
    if shown < answer.total {
      notes.append(
        shown == 0
          ? words("find.beyond", ["offset": words.number(offset)])
          : words(
            "find.shown", ["first": words.number(offset + 1), "last": words.number(offset + shown)]))
      if onScreen, shown > 0, offset + shown < answer.total {
        notes.append(words("find.more", ["offset": String(offset + shown)]))
      }
    }
    if answer.restricted > 0 {
      notes.append(words("find.restricted_count", ["count": words.number(answer.restricted)]))
    }
    // How many they are there would tell where they are.
    if answer.territory != nil { notes.append(words("find.restricted_nowhere")) }
    if answer.ceased > 0 { notes.append(words("find.ceased_count", ["count": words.number(answer.ceased)])) }
    if let perimeter = directory.perimeter {
      notes.append(words("find.perimeter", ["title": perimeter.label[words.language], "id": perimeter.code]))
    }
    guard onScreen else { return notes }
    notes.append(words("find.release", ["release": release]))
    if directory.isSimulated { notes.append(words("simulated")) }
    return notes
  }

  /// Why nothing was found, and what to try.
  private var nothing: String {
    get throws {
      var lines = [words("find.nothing")]
      for (word, nearest) in try directory.unknownWords(question, atMost: 5) {
        lines.append(
          nearest.isEmpty
            ? words("find.unknown_word", ["word": word])
            : words("find.unknown_word_near", ["word": word, "nearest": nearest.joined(separator: ", ")]))
      }
      let everywhere = try directory.answer(DirectoryQuestion(question.words), limit: 1).total
      if everywhere > 0, question != DirectoryQuestion(question.words) {
        lines.append(words("find.without_filters", ["count": words.number(everywhere)]))
      } else if lines.count == 1 {
        lines.append(words("find.fewer_words"))
      }
      return lines.joined(separator: "\n")
    }
  }

  // MARK: - Files

  private static let kinds: [String: ListDocument.Kind] = [
    "restricted": .truth, "active": .truth, "employer": .truth, "simulated": .truth, "created": .year,
    "establishments": .count,
  ]

  /// What was found, each as a row: a country has a million.
  var list: ListDocument {
    get throws {
      let columns = try (OrganisationDirectory.exportColumns + ["release", "simulated"]).map { name in
        try ListDocument.Column(name, words, Self.kinds[name] ?? .text)
      }
      let (directory, found, language) = (directory, answer.organisations, words.language)
      let ends = [release, String(directory.isSimulated)]
      return ListDocument(
        id: "organisations",
        title: label { printer in
          [printer.words("list.organisations"), printer.title].compactMap(\.self).joined(separator: " – ")
        },
        columns: columns, key: ["country", "id"],
        source: label { $0.words("find.release", ["release": $0.release]) },
        notes: notes(onScreen: false).indices.map { position in label { $0.notes(onScreen: false)[position] } },
        release: release, program: Builder.programVersion, isSimulated: directory.isSimulated, count: found.count
      ) { position throws(Problem) in
        try directory.row(found[position], language) + ends
      }
    }
  }

  /// What is told in each language.
  private func label(_ told: (DirectoryPrinter) -> String) -> Label {
    func spoken(_ language: Language) -> String {
      var printer = self
      printer.words = words.speaking(language)
      return told(printer)
    }
    return Label(fr: spoken(.fr), nl: spoken(.nl), en: spoken(.en))
  }

  // MARK: - JSON

  private struct Document: Encodable {
    struct Place: Encodable {
      let code: String
      let name: String
    }

    struct Item: Encodable {
      let country: String
      let id: String
      let name: String
      let restricted: Bool
      let active: Bool
      let employer: Bool
      let association: String
      let form: String?
      let family: String?
      let subfamily: String?
      let perimeters: [String]
      let lists: [String]
      let commune: Place?
      let within: [String]
      let a88: String?
      let size: String?
      let sizeBand: String?
      let created: Int?
      let establishments: Int

      enum CodingKeys: String, CodingKey {
        case country, id, name, restricted, active, employer, association, form, family, subfamily, perimeters, lists
        case commune, within, a88, size, created, establishments
        case sizeBand = "size_band"
      }
    }

    let words: String
    let territory: String?
    let perimeter: String?
    let release: String
    let simulated: Bool
    let total: Int
    let approximate: Int
    let restricted: Int
    let ceased: Int
    let offset: Int
    let organisations: [Item]
  }

  var json: String {
    get throws {
      let items = try answer.organisations.map { position in
        let one = try directory.organisation(position)
        let commune = try one.commune.map { try directory.territories.commune($0) }
        let within = try one.commune.map { try directory.territories.holders(of: $0).map(\.code) } ?? []
        return Document.Item(
          country: one.country.rawValue, id: one.id, name: one.name, restricted: one.isRestricted,
          active: one.isActive, employer: one.isEmployer, association: one.association, form: one.form?.code,
          family: one.family?.code, subfamily: one.subfamily?.code, perimeters: one.perimeters.map(\.code),
          lists: one.lists.map(\.code), commune: commune.map { .init(code: $0.code, name: $0.label[words.language]) },
          within: within, a88: one.division?.code, size: one.size?.code, sizeBand: one.band?.code, created: one.year,
          establishments: one.establishments)
      }
      return try JSON.text(
        Document(
          words: question.words, territory: answer.territory?.code, perimeter: directory.perimeter?.code,
          release: release, simulated: directory.isSimulated, total: answer.total, approximate: answer.approximate,
          restricted: answer.restricted, ceased: answer.ceased, offset: offset, organisations: items))
    }
  }
}
