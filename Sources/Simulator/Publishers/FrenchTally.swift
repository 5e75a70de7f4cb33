import Nomenclature
import Perimeter

/// What the publishers of France count, gathered while the establishments are drawn: cells, not establishments.
struct FrenchTally {
  /// How the publishers see a unit.
  struct Standing {
    let isInsured: Bool
    /// The family under each perimeter, from 1; 0 is the rest of the economy. CLAP has those of the Urssaf.
    let urssaf: Int
    let flores: Int
  }

  /// Where the figures of an establishment go.
  struct Cells {
    let communes: Int?
    let regions: Int?
    let clap: Int?
    let clapESS: Int?
    let flores: Int?
    let floresESS: Int?
  }

  let years: ClosedRange<Int>
  let areas: FrenchAreas
  let activities: PublishedActivities
  let urssafField: PublisherField
  /// Establishments and jobs on 31 December, by commune and activity.
  private(set) var communes: CellTable<Int32>
  /// Sums over the quarters of establishments and of jobs, and payroll, by region, family and division.
  private(set) var regions: CellTable<Int>
  /// The social economy and all establishments, until 2015 and since 2016.
  private(set) var clap: EmploymentTally
  private(set) var flores: EmploymentTally
  private let insured: UrssafField

  init(
    _ areas: FrenchAreas, activities: PublishedActivities, urssaf: PublisherField, flores: PublisherField,
    insured: UrssafField, years: ClosedRange<Int>
  ) {
    self.years = years
    self.areas = areas
    self.activities = activities
    self.insured = insured
    urssafField = urssaf
    communes = CellTable(width: 2 * years.count)
    regions = CellTable(width: 3 * years.count)
    clap = EmploymentTally(EmploymentTally.yearsOfClap(years), field: urssaf)
    self.flores = EmploymentTally(EmploymentTally.yearsOfFlores(years), field: flores)
  }

  static func key(_ place: Int, _ family: Int, _ activity: Int) -> Int { place << 20 | family << 10 | activity }
  static func parts(of key: Int) -> (place: Int, family: Int, activity: Int) {
    (key >> 20, key >> 10 & 1023, key & 1023)
  }

  func standing(of unit: LegalUnit, _ memberships: Memberships) -> Standing {
    func family(_ field: PublisherField) -> Int {
      field.family(form: unit.form, activity: unit.activity, memberships).map { $0 + 1 } ?? 0
    }
    return Standing(
      isInsured: insured.insures(form: unit.form), urssaf: family(urssafField), flores: family(flores.field))
  }

  /// Nothing for an establishment in no commune of the simulation.
  mutating func cells(of one: Establishment, _ standing: Standing) -> Cells? {
    guard one.location == .inCommune else { return nil }
    let activity = activities.position[one.activity]
    let division = activities.division[activity]
    let section = activities.section[division]
    let isInsured =
      standing.isInsured && insured.counts(division: division)
      && insured.covers(departement: areas.departement[one.place])
    return Cells(
      communes: isInsured ? communes.start(of: Self.key(one.place, 0, activity)) : nil,
      regions: isInsured ? regions.start(of: Self.key(areas.region[one.place], standing.urssaf, division)) : nil,
      clap: clap.start(of: Self.key(one.place, 0, section)),
      clapESS: standing.urssaf == 0 ? nil : clap.start(of: Self.key(one.place, standing.urssaf, section)),
      flores: flores.start(of: Self.key(one.place, 0, section)),
      floresESS: standing.flores == 0 ? nil : flores.start(of: Self.key(one.place, standing.flores, section)))
  }

  mutating func add(_ told: EmployerYear, in year: Int, to cells: Cells) {
    let position = year - years.lowerBound
    if let start = cells.regions {
      let place = start + 3 * position
      let quarters = told.quarters.wrappedSum()
      for quarter in 0..<4 where told.quarters[quarter] > 0 { regions[place] += 1 }
      regions[place + 1] += quarters
      regions[place + 2] += told.headcount.pay * quarters / (4 * told.headcount.jobs)
    }
    guard told.jobs > 0 else { return }
    if let start = cells.communes {
      communes[start + 2 * position] += 1
      communes[start + 2 * position + 1] += Int32(told.jobs)
    }
    clap.add(told, in: year, to: cells.clap)
    clap.add(told, in: year, to: cells.clapESS)
    flores.add(told, in: year, to: cells.flores)
    flores.add(told, in: year, to: cells.floresESS)
  }
}
