import Diagnostics
import Nomenclature
import Perimeter
import Territory

/// The aggregated tables of France, from what is seen of each unit while the register is written.
final class FrenchPublishers {
  private var tally: FrenchTally
  /// Of the tables of CLAP; nothing where the simulation has none of its years.
  private let areasOfBefore: AreasOfBefore?
  private let names: PublishedNames
  private let secrecy: Secrecy
  private let payroll: Double

  init(
    share: String, book: NomenclatureBook, perimeters: PerimeterBook, communes: [Commune], profile: CountryProfile,
    lists: [String], years: ClosedRange<Int>
  ) throws {
    let folder = "\(share)/simulation"
    func field(_ perimeter: String) throws -> PublisherField {
      PublisherField(try perimeters.perimeter(perimeter), of: .fr, profile: profile, lists: lists)
    }
    let rates = try Constants(folder, "publishers")
    let areas = FrenchAreas(communes)
    areasOfBefore = try EmploymentTally.yearsOfClap(years).isEmpty ? nil : AreasOfBefore(areas, share: share)
    tally = FrenchTally(
      areas, activities: PublishedActivities(profile, book: book),
      // The Urssaf has kept to the four families of 2008, which were those of CLAP; FLORES has had five since 2018.
      urssaf: try field("fr-insee-2008"), flores: try field("fr-flores-2018"),
      insured: try UrssafField(folder, profile: profile, publicForms: book.publicForms), years: years)
    names = try PublishedNames(folder)
    secrecy = try Secrecy(rates)
    payroll = try rates.value("urssaf_payroll")
  }

  /// What each year of an establishment adds to the tables; nothing where it is in no commune.
  func standing(of unit: LegalUnit, _ memberships: Memberships) -> FrenchTally.Standing {
    tally.standing(of: unit, memberships)
  }

  /// The family of a unit of the social economy, in the words of the publishers.
  func category(of unit: LegalUnit, _ memberships: Memberships) -> String? {
    let family = tally.standing(of: unit, memberships).flores
    return family == 0 ? nil : names["family", tally.flores.field.families[family - 1]]
  }

  func cells(of one: Establishment, _ standing: FrenchTally.Standing) -> FrenchTally.Cells? {
    tally.cells(of: one, standing)
  }

  func add(_ told: EmployerYear, in year: Int, to cells: FrenchTally.Cells) { tally.add(told, in: year, to: cells) }

  func write(in draft: Draft) throws(Problem) -> [WrittenFile] {
    let urssaf = UrssafFiles(draft: draft, tally: tally, names: names, secrecy: secrecy, payroll: payroll)
    var written = try urssaf.write()
    if let areasOfBefore {
      written += try ClapFiles(draft: draft, tally: tally, areas: areasOfBefore, names: names, secrecy: secrecy).write()
    }
    if !tally.flores.years.isEmpty {
      written += try FloresFiles(draft: draft, tally: tally, names: names, secrecy: secrecy).write()
    }
    return written
  }
}

extension Secrecy {
  init(_ rates: Constants) throws(Problem) {
    self.init(
      fewest: Int(try rates.value("secret_fewest")), largestShare: try rates.value("secret_share"))
  }
}
