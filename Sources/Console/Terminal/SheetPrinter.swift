import Directory
import Nomenclature
import Perimeter
import Tabular
import Territory
import Warehouse
import Wording

/// The sheet of one organisation. Headcounts of a single one are confidential: the public size band is all that is said.
struct SheetPrinter {
  let directory: OrganisationDirectory
  let organisation: Organisation
  let explanation: Explanation
  let establishments: [ListedEstablishment]
  let sources: [OrganisationSource]
  let manifest: Manifest
  let reasons: Reasons

  private static let mostEstablishments = 20

  private var words: Words { reasons.words }

  var text: String {
    get throws {
      var text = try identity + "\n" + reasons.decisions(explanation) + "\n"
      text += try places + "\n"
      text += words("sheet.sources") + "\n" + sourceLines.map { "  \($0.printable)\n" }.joined()
      text += "  " + words("find.release", ["release": manifest.name]) + "\n"
      text += words("sheet.confidential")
      return manifest.simulated ? text + "\n" + words("simulated") : text
    }
  }

  private var name: String {
    if !organisation.name.isEmpty { return organisation.name.printable }
    return words(organisation.isRestricted ? "find.restricted" : "explain.nameless")
  }

  private var identity: String {
    get throws {
      var lines = [Terminal.bold(name) + "  " + organisation.id]
      if !organisation.isActive { lines.append(Terminal.red(words("explain.ceased"))) }
      if !organisation.association.isEmpty {
        lines.append(words("sheet.association", ["number": organisation.association]))
      }
      if let form = organisation.form {
        lines.append(words("explain.form", ["form": form.code, "label": form.label[words.language]]))
      }
      if let activity = explanation.facts.activity { lines.append(reasons.sentence(activity)) }
      if let place = try place { lines.append(words("sheet.place", ["place": place])) }
      if let family = organisation.family {
        let names = [family, organisation.subfamily].compactMap { $0?.label[words.language] }
        lines.append(words("sheet.family", ["family": names.joined(separator: ", ")]))
      }
      if let size { lines.append(size) }
      if let year = organisation.year { lines.append(words("sheet.created", ["year": String(year)])) }
      for list in organisation.lists {
        lines.append(words("sheet.list", ["list": list.label[words.language], "id": list.code]))
      }
      lines += reasons.memberships(explanation)
      return lines.joined(separator: "\n")
    }
  }

  /// The band of the register. One that tells no number stands behind the class that `find` has it in: nobody known to
  /// be employed may be nobody, or nobody knows.
  private var size: String? {
    guard let told = organisation.band ?? organisation.size else { return nil }
    var facts = ["size": told.label[words.language]]
    guard let size = organisation.size, size.code == Sizes.unknown, organisation.band != nil else {
      return words("sheet.size", facts)
    }
    facts["class"] = size.label[words.language]
    facts["code"] = size.code
    return words("sheet.size_class", facts)
  }

  /// The commune of the head, and what holds it.
  private var place: String? {
    get throws {
      guard let commune = organisation.commune else { return nil }
      let item = try directory.territories.commune(commune)
      var names: [String] = []
      for holder in try directory.territories.holders(of: commune)
      where [.departement, .province, .region, .country].contains(holder.level) {
        let name = holder.label[words.language]
        if !names.contains(name), name != item.label[words.language] { names.append(name) }
      }
      return "\(item.label[words.language]) (\(([item.code] + names).joined(separator: ", ")))"
    }
  }

  private var places: String {
    get throws {
      let count = words("sheet.establishments", ["count": words.number(organisation.establishments)]) + "\n"
      // Where a person wishes not to be found, nothing points to a place.
      guard !organisation.isRestricted, !establishments.isEmpty else { return count }
      var table = TextTable(header: ["number", "name", "place", "activity", "size"].map { words("find.\($0)") })
      table.textColumns = 5
      for one in establishments.prefix(Self.mostEstablishments) {
        let marks = [one.isHead ? "sheet.head" : nil, one.isActive ? nil : "explain.closed"].compactMap { $0 }
        let name = one.isRestricted ? words("find.restricted") : one.name
        let band = directory.bands.all.first { $0.code == one.band && !one.band.isEmpty }
        table.lines.append(
          .init(cells: [
            one.id, ([name].filter { !$0.isEmpty } + marks.map { "(\(words($0)))" }).joined(separator: " "),
            one.isRestricted ? "" : try directory.territories[one.territory]?.label[words.language] ?? "",
            one.activity.map(NomenclatureBook.printed) ?? "", band?.label[words.language] ?? "",
          ]))
      }
      let more = establishments.count - Self.mostEstablishments
      return count + table.drawn() + "\n"
        + (more > 0 ? words("sheet.more", ["count": words.number(more)]) + "\n" : "")
    }
  }

  /// The files that speak of it, with their vintages, and how their records were found to be of it.
  private var sourceLines: [String] {
    sources.map { source in
      let receipt = source.receipt
      var files: [String] = []
      for file in receipt.files.map(\.file) where !files.contains(file) { files.append(file) }
      let line = words(
        "sheet.source",
        ["source": receipt.source, "vintage": receipt.vintage, "files": files.joined(separator: ", ")])
      var details = source.records.map(how)
      if !source.years.isEmpty {
        let years = source.years.map(String.init).joined(separator: ", ")
        details.append(words("sheet.accounts", ["count": words.number(source.years.count), "years": years]))
      }
      return line + details.map { " (\($0))" }.joined()
    }
  }

  private func how(_ record: OrganisationSource.Record) -> String {
    let how = words(
      "sheet.matched",
      [
        "method": words("sheet.by.\(record.method)"),
        "confidence": Numbers.short(record.confidence, words.language),
      ])
    return record.number.isEmpty ? how : "\(record.number) \(how)"
  }

  // MARK: - JSON

  private struct Document: Encodable {
    struct Establishment: Encodable {
      let id: String
      let name: String
      let territory: String
      let activity: String?
      let sizeBand: String
      let active: Bool
      let employer: Bool
      let head: Bool

      enum CodingKeys: String, CodingKey {
        case id, name, territory, activity, active, employer, head
        case sizeBand = "size_band"
      }
    }

    struct Match: Encodable {
      let source: String
      let vintage: String
      /// The number in the register of associations.
      let number: String?
      let method: String
      let confidence: Double
    }

    let id: String
    let country: String
    let name: String
    let restricted: Bool
    let active: Bool
    let association: String
    let form: String?
    let activity: String?
    let commune: String?
    let within: [String]
    let family: String?
    let subfamily: String?
    let size: String?
    let sizeBand: String?
    let created: Int?
    let lists: [String]
    let memberships: [MembershipDocument]
    let decisions: [DecisionDocument]
    let establishments: Int
    let places: [Establishment]
    let sources: [String]
    let matches: [Match]
    let accountYears: [Int]
    let release: String
    let simulated: Bool

    enum CodingKeys: String, CodingKey {
      case id, country, name, restricted, active, association, form, activity, commune, within, family, subfamily
      case size, created, lists, memberships, decisions, establishments, places, sources, matches, release, simulated
      case sizeBand = "size_band"
      case accountYears = "account_years"
    }
  }

  var json: String {
    get throws {
      let commune = organisation.commune
      return try JSON.text(
        Document(
          id: organisation.id, country: organisation.country.rawValue, name: organisation.name,
          restricted: organisation.isRestricted, active: organisation.isActive, association: organisation.association,
          form: organisation.form?.code, activity: explanation.facts.activity.map(NomenclatureBook.printed),
          commune: try commune.map { try directory.territories.commune($0).code },
          within: try commune.map { try directory.territories.holders(of: $0).map(\.code) } ?? [],
          family: organisation.family?.code, subfamily: organisation.subfamily?.code, size: organisation.size?.code,
          sizeBand: organisation.band?.code, created: organisation.year, lists: organisation.lists.map(\.code),
          memberships: reasons.membershipDocuments(explanation), decisions: reasons.documents(explanation),
          establishments: organisation.establishments, places: organisation.isRestricted ? [] : documents,
          sources: sourceLines, matches: matches, accountYears: accountYears, release: manifest.name,
          simulated: manifest.simulated))
    }
  }

  private var matches: [Document.Match] {
    sources.flatMap { source in
      source.records.map { one in
        Document.Match(
          source: source.receipt.source, vintage: source.receipt.vintage,
          number: one.number.isEmpty ? nil : one.number, method: one.method, confidence: one.confidence)
      }
    }
  }

  private var accountYears: [Int] { Set(sources.flatMap(\.years)).sorted() }

  private var documents: [Document.Establishment] {
    establishments.map { one in
      .init(
        id: one.id, name: one.name, territory: one.isRestricted ? "" : one.territory,
        activity: one.activity.map(NomenclatureBook.printed), sizeBand: one.band, active: one.isActive,
        employer: one.isEmployer, head: one.isHead)
    }
  }
}
