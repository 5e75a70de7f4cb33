import Diagnostics
import Nomenclature
import Tabular
import Territory

/// The tables of the social security and of VAT, quarter by quarter.
struct OnssFiles {
  let draft: Draft
  let tally: BelgianTally
  let communes: [Commune]
  /// NIS codes of the arrondissements, by their position.
  let arrondissements: [String]
  let secrecy: Secrecy

  /// The whole country, in the coding of Statbel.
  private static let belgium = "01000"

  func write() throws(Problem) -> [WrittenFile] {
    [
      try write(.onssWorkplace, tally.workplaces, place: "ins", counted: "unites_locales"),
      try write(.onssHeadOffice, tally.seats, place: "ins_siege", counted: "employeurs"), try writeDeclarations(),
    ]
  }

  private func write(
    _ content: SimulatedFile.Content, _ cells: CellTable<Int>, place: String, counted: String
  ) throws(Problem) -> WrittenFile {
    let sheet = try Sheet(
      SimulatedFile(.be, content),
      header: "annee;trimestre;\(place);champ;nacebel;\(counted);postes;etp;remunerations;origin", in: draft)
    let table = totalled(cells)
    let keys = table.sortedKeys
    for year in tally.years {
      for quarter in 0..<4 {
        try Interruption.check()
        for key in keys {
          let (place, isSocial, division) = BelgianTally.parts(of: key)
          guard let row = table.row(key) else { continue }
          let cell = row.startIndex + tally.place(year, quarter, width: 4)
          guard row[cell] > 0 else { continue }
          sheet.csv.number(year)
          sheet.csv.semicolon()
          sheet.csv.number(quarter + 1)
          sheet.csv.semicolon()
          sheet.csv.strings(
            place == 0 ? Self.belgium : communes[place - 1].official, isSocial ? "ES" : "total",
            division == 0 ? "total" : PublishedActivities.code(division))
          sheet.csv.number(row[cell])
          sheet.csv.semicolon()
          sheet.csv.number(row[cell + BelgianTally.Measure.jobs.rawValue])
          sheet.csv.semicolon()
          sheet.csv.tenths(row[cell + BelgianTally.Measure.tenths.rawValue])
          sheet.csv.semicolon()
          sheet.csv.number(row[cell + BelgianTally.Measure.pay.rawValue])
          sheet.csv.text(";simulated")
          try sheet.csv.endRow()
        }
      }
    }
    return try sheet.finish()
  }

  /// With the totals that the tables carry: all divisions (0), and the country (0; communes come after it).
  private func totalled(_ cells: CellTable<Int>) -> CellTable<Int> {
    var table = CellTable<Int>(width: cells.width)
    for key in cells.keys {
      guard let row = cells.row(key) else { continue }
      let (place, isSocial, division) = BelgianTally.parts(of: key)
      for place in [0, place + 1] {
        for division in [0, division] { table.add(row, to: BelgianTally.key(place, isSocial, division)) }
      }
    }
    return table
  }

  private func writeDeclarations() throws(Problem) -> WrittenFile {
    let sheet = try Sheet(
      SimulatedFile(.be, .vatTurnover),
      header: "annee;trimestre;ins;nacebel;assujettis;chiffre_affaires;investissements;origin", in: draft)
    let keys = tally.declarations.sortedKeys
    for year in tally.years {
      for quarter in 0..<4 {
        for key in keys {
          let (area, _, division) = BelgianTally.parts(of: key)
          guard let row = tally.declarations.row(key) else { continue }
          let cell = row.startIndex + tally.place(year, quarter, width: 3)
          guard row[cell] > 0 else { continue }
          let hidden = secrecy.hides(count: row[cell], largest: 0, of: 0)
          sheet.csv.number(year)
          sheet.csv.semicolon()
          sheet.csv.number(quarter + 1)
          sheet.csv.semicolon()
          sheet.csv.strings(arrondissements[area], PublishedActivities.code(division))
          sheet.csv.number(row[cell])
          sheet.csv.semicolon()
          sheet.csv.figure(row[cell + BelgianTally.Declared.turnover.rawValue], hidden: hidden)
          sheet.csv.semicolon()
          sheet.csv.figure(row[cell + BelgianTally.Declared.investment.rawValue], hidden: hidden)
          sheet.csv.text(";simulated")
          try sheet.csv.endRow()
        }
      }
    }
    return try sheet.finish()
  }
}
