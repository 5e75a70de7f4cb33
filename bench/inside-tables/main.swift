import Diagnostics
import Filesystem
import Glibc
import Indicators
import Nomenclature
import Perimeter
import Secrecy
import Territory
import Warehouse
import Wording

// How long a table takes once its release is open, as a server would have it: no process is started, nothing is
// written. `tables-inside OBSERVATORY TURNS TERRITORY… [TABLE…]` prints a JSON object a line:
//
// - {"communes"…}: which communes of the release each territory has, and what each commune lies in: what a peer needs
//   to answer the same questions;
// - {"turn", "table", "territory", "years", "milliseconds", "cells"}: every declared table of every territory, in
//   its usual years and in all years of the release. Turn 0 brings the pages in. Instead of the last two a table that
//   nobody may have of that territory gives "refused", the reason.
func stop(_ text: String, status: Int32) -> Never {
  _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  exit(status)
}

/// Numbers that look drawn, and are the same each time: no table always follows the one that warms its pages.
struct FixedDraw: RandomNumberGenerator {
  private var state: UInt64 = 7

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

struct TableQuestion {
  let territory: String
  let years: String
  let request: TableRequest
}

func list(_ codes: [String]) -> String { "[" + codes.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }

func tellCommunes(_ areas: [Area], _ ground: Ground) {
  let known = Set(ground.release.facts.communes)
  var told: Set<String> = []
  for area in areas {
    var codes = area.parts.map(\.commune.code).filter(known.contains)
    // What could not be placed counts in the whole country.
    for country in area.territory.wholeCountries { codes.append("\(country.rawValue)-COM-ZZZZZ") }
    print("{\"territory\": \"\(area.territory.code)\", \"communes\": \(list(codes))}")
    for part in area.parts where known.contains(part.commune.code) && told.insert(part.commune.code).inserted {
      print("{\"commune\": \"\(part.commune.code)\", \"within\": \(list(part.commune.ancestors))}")
    }
  }
}

func questions(
  _ tables: [TableDeclaration], _ areas: [Area], _ ground: Ground, _ perimeters: PerimeterBook, _ gate: Gate
) throws -> [TableQuestion] {
  let years = ground.release.facts.years
  guard let first = years.first, let last = years.last else { return [] }
  var found: [TableQuestion] = []
  for table in tables {
    let perimeter = try ground.release.perimeter(table.perimeter, perimeters)
    for area in areas {
      for (name, years) in [("usual", nil), ("\(first)-\(last)", years)] {
        found.append(
          TableQuestion(
            territory: area.territory.code, years: name,
            request: TableRequest(table, of: [area], years: years, perimeter, gate)))
      }
    }
  }
  return found
}

func milliseconds(_ time: Duration) -> Double {
  let (seconds, attoseconds) = time.components
  return Double(seconds) * 1e3 + Double(attoseconds / 1_000_000_000) / 1e6
}

func measure(_ path: String, turns: Int, _ codes: [String]) throws {
  let installation = try Installation.find(environment: [:])
  let observatory = try Observatory(path)
  let ground = try Ground(Release(observatory), TerritoryBook(installation, observatory))
  let nomenclatures = try NomenclatureBook(share: installation.share)
  let book = try TableBook(share: installation.share, own: [observatory.path])
  let filler = try TableFiller(
    ground, book, nomenclatures, Words(share: installation.share, language: .fr),
    beside: BesideRelease(installation, observatory, ground.release, ground.book))
  let named = book.tables.filter { codes.contains($0.id) }
  let areas = codes.filter { code in !named.contains { $0.id == code } }.map { code -> Area in
    guard let territory = ground.book[code] else { stop("tables-inside: no territory \(code)\n", status: 2) }
    return ground.book.area(of: territory)
  }
  let gate = Gate(try SecrecyBook(share: installation.share).profiles.filter { $0.country != nil })
  let asked = try questions(
    named.isEmpty ? book.tables : named, areas, ground, PerimeterBook(share: installation.share, nomenclatures), gate)
  tellCommunes(areas, ground)
  let clock = ContinuousClock()
  var draw = FixedDraw()
  for turn in 0...turns {
    for question in asked.shuffled(using: &draw) {
      let started = clock.now
      var answer: String
      do {
        let table = try filler.fill(question.request)
        answer = "\"milliseconds\": \(milliseconds(clock.now - started)), \"cells\": \(table.cells.count)"
      } catch let problem as Problem where problem.status == .commandLine {
        answer = "\"refused\": \"\(problem.code)\""
      }
      answer = "\"years\": \"\(question.years)\", " + answer
      print(
        "{\"turn\": \(turn), \"table\": \"\(question.request.table.id)\", \"territory\": \"\(question.territory)\", \(answer)}"
      )
    }
  }
}

let arguments = CommandLine.arguments
guard arguments.count > 3, let turns = Int(arguments[2]), turns > 0 else {
  stop("tables-inside OBSERVATORY TURNS TERRITORY… [TABLE…]\n", status: 2)
}
do {
  try measure(arguments[1], turns: turns, Array(arguments[3...]))
} catch {
  stop("\(error)\n", status: 1)
}
