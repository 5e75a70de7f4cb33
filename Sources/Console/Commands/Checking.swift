import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Tabular
import Indicators
import Warehouse
import Wording

extension Command {
  static let check = Command(
    name: "check", syntax: Syntax([], [.init("release", "NAME"), .init("format", "text|json")])
  ) { session, arguments in
    let observatory = try session.observatory(arguments)
    let found = try check(session, observatory, release: arguments["release"])
    if try format(arguments, ["text", "json"]) == "json" {
      try Output.json(JSON.text(found))
    } else {
      let families = try session.nomenclatures().families
      let text = report(found, session.words)
      let compared = PublishedPrinter(found, session.words, try session.territories(observatory), families).text
      try Output.line(text + (compared.isEmpty ? "" : "\n\n" + compared))
    }
    return found.passed ? 0 : Problem.Status.data.rawValue
  }

  static func check(
    _ session: Session, _ observatory: Observatory, release name: String? = nil
  ) throws -> Check {
    _ = try session.openEngine()
    let book = try session.nomenclatures()
    var release: ReleaseFolder?
    var unreadable: String?
    do {
      release = try ReleaseFolder.current(observatory, named: name)
    } catch let problem as Problem where problem.status == .data && problem.place.file?.hasSuffix(".json") == true {
      unreadable = problem.place.file  // a finding like another
    }
    let settings = Dictionary(
      (release?.manifest.ruleSets ?? []).map { ($0.id, $0.settings) }, uniquingKeysWith: { first, _ in first })
    let perimeters = try Release.perimeters(
      PerimeterBook(share: session.installation.share, book), settings)
    let territories = try session.territories(observatory)
    let published = try Published(share: session.installation.share, territories)
    let gate = try session.gate(nil, observatory)
    return try Check(observatory, release, perimeters, unreadable: unreadable) { release in
      try PublishedComparison(Ground(release, territories), published, perimeters, gate).comparisons
    }
  }

  static func report(_ check: Check, _ words: Words) -> String {
    var text = ""
    if check.simulated { text += words("simulated") + "\n\n" }
    text += accounts(check.files, words) + "\n"
    let reasons = check.files.flatMap { file in
      (file.outOfScopeByReason.map { ($0, $1) } + file.rejectedByReason.map { ($0, $1) })
    }
    var totals: [String: Int] = [:]
    for (reason, count) in reasons { totals[reason, default: 0] += count }
    if !totals.isEmpty {
      text += "\n" + words("check.reasons") + "\n"
      for (reason, count) in totals.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
        text += "  " + words.number(count).paddedLeft(to: 12) + "  " + words("reason.\(reason)") + "\n"
      }
    }
    if let use = check.use { text += "\n" + describe(use, words) }
    if let dates = check.sireneDates { text += "  " + Terminal.red(describe(dates, words)) + "\n" }
    text += describe(check.matching, words)
    if let accounts = check.accounts { text += "\n" + describe(accounts, check.accountCoverage, words) }
    if !check.coverage.isEmpty { text += "\n" + describe(check.coverage, words) }
    text += "\n" + words("check.tests") + "\n"
    for test in check.quality {
      let mark = test.passed ? Terminal.green("✓") : Terminal.red("✗")
      let facts = ["count": words.number(test.count), "failures": words.number(test.failures)]
      text += "  \(mark) " + words("check.\(test.name)", facts)
      if !test.passed { text += " " + words("check.failures", facts) }
      text += "\n" + test.failing.map { "      \($0.printable)\n" }.joined()
    }
    if !check.unused.isEmpty {
      text += "\n" + words("check.unused", ["sources": check.unused.joined(separator: ", ")]) + "\n"
    }
    if !check.ignored.isEmpty { text += "\n" + words("check.ignored") + "\n" }
    for one in check.ignored {
      let facts = ["file": one.file, "other": one.other ?? ""]
      text += "  " + words("check.ignored.\(one.reason.rawValue)", facts) + "\n"
    }
    return String(text.dropLast())
  }

  /// What a build tells too.
  static func describe(_ dates: SireneDates, _ words: Words) -> String {
    words("build.sirene_dates", ["units": dates.units, "establishments": dates.establishments])
  }

  /// By number, by name, by a person, or not at all.
  private static func describe(_ matching: [Manifest.Matching], _ words: Words) -> String {
    guard !matching.isEmpty else { return "" }
    let columns = ["source", "records", "number", "name", "decision", "doubtful", "not_in_force", "unmatched"]
    var table = TextTable(header: columns.map { words("match.\($0)") })
    for one in matching {
      func sum(_ methods: String...) -> Int { methods.compactMap { one.methods[$0] }.reduce(0, +) }
      let counts = [
        one.records, sum("siren", "siret", "bce", "rna"), sum("name_commune", "name_address", "name"),
        sum("decision"), one.statuses["doubtful"] ?? 0, one.notInForce ?? 0,
        (one.statuses["none"] ?? 0) + (one.statuses["rejected"] ?? 0) - (one.notInForce ?? 0),
      ]
      table.lines.append(.init(cells: [one.source] + counts.map { words.number($0) }))
    }
    let superseded = matching.filter { $0.superseded > 0 }.map { one in
      words("match.superseded", ["source": one.source, "count": words.number(one.superseded)]) + "\n"
    }
    return "\n" + words("match.head") + "\n" + table.drawn() + "\n" + superseded.joined()
  }

  private static func describe(
    _ accounts: Manifest.Accounts, _ coverage: [Check.AccountCoverage], _ words: Words
  ) -> String {
    var lines = [
      words(
        "accounts.deposits",
        [
          "deposits": words.number(accounts.deposits), "enterprises": words.number(accounts.enterprises),
          "matched": words.number(accounts.matched), "replaced": words.number(accounts.replaced),
        ]),
      words(
        "accounts.years",
        ["compared": words.number(accounts.yearsCompared), "differing": words.number(accounts.yearsDiffering)]),
    ]
    for one in coverage {
      let percent = one.employers == 0 ? 0 : Double(one.filed) / Double(one.employers) * 100
      lines.append(
        words(
          "accounts.coverage",
          [
            "year": String(one.year), "filed": words.number(one.filed), "employers": words.number(one.employers),
            "percent": words.number(percent, decimals: 1),
          ]))
    }
    return words("accounts.head") + "\n" + lines.map { "  \($0)\n" }.joined()
  }

  private static func describe(_ coverage: [Manifest.Coverage], _ words: Words) -> String {
    var table = TextTable(
      header: ["country", "year", "exact", "estimated", "unmatched"].map { words("coverage.\($0)") })
    for one in coverage {
      table.lines.append(
        .init(cells: [
          words("country.\(one.country)"), String(one.year), words.number(one.exact), words.number(one.estimated),
          words.number(one.workforceRows - one.workforceMatched),
        ]))
    }
    return words("check.coverage") + "\n" + table.drawn() + "\n"
  }

  private static func describe(_ use: Manifest.Use, _ words: Words) -> String {
    var lines: [(String, Int)] = [
      ("use.units", use.units), ("use.establishments", use.establishments), ("use.employers", use.employers),
      ("use.closed_since", use.closedSince),
      ("use.without_unit", use.withoutUnit), ("use.without_commune", use.withoutCommune),
      ("use.workforce", use.workforceRows), ("use.workforce_matched", use.workforceMatched),
    ]
    for method in ["name", "former", "postcode", "range", "none"] {
      if let count = use.addressesPlaced[method] { lines.append(("use.address_\(method)", count)) }
    }
    return words("check.use") + "\n"
      + lines.map { key, count in
        let number = words.number(count)
        return "  " + number.paddedLeft(to: 12) + "  " + words(key, ["count": number]) + "\n"
      }.joined() + (use.lacksUnits ? "  " + Terminal.red(words("check.lacks_units")) + "\n" : "")
      + describe(unplaced: use, words)
  }

  /// The share of Belgian addresses whose commune was found, and the first of the others.
  private static func describe(unplaced use: Manifest.Use, _ words: Words) -> String {
    let all = use.addressesPlaced.values.reduce(0, +)
    guard all > 0 else { return "" }
    let share = Double(all - (use.addressesPlaced["none"] ?? 0)) / Double(all) * 100
    let shown = use.unplacedAddresses.prefix(mostAddresses)
    let more = (use.addressesPlaced["none"] ?? 0) - shown.count
    return "  " + words("use.addresses_share", ["percent": words.number(share, decimals: 2)]) + "\n"
      + shown.map { "      \($0.entity)  \($0.postcode) \($0.place)".printable + "\n" }.joined()
      + (more > 0 ? "      " + words("use.addresses_more", ["count": words.number(more)]) + "\n" : "")
  }

  /// What a person reads on one screen; the document for machines has them all.
  private static let mostAddresses = 10
}
