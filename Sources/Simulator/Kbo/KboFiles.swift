import Diagnostics
import Nomenclature
import Tabular

/// The Belgian half of a simulation: the archive of nine tables, a pass over the enterprises for
/// each, then the workforce files and the lists.
struct KboFiles {
  let draft: Draft
  let register: BelgianRegister
  var text: KboText
  let workforce: Workforce
  let memberships: MembershipTable
  let publishers: BelgianPublishers
  let accounts: AccountFiles
  let actors: BelgianActors
  let codes: KboCodes
  let comment: String
  /// The older stock that is written; nil: the newest, with the workforce and the lists.
  var stock: BelgianStock?

  func write(progress: (Double) -> Void) throws(Problem) -> [WrittenFile] {
    let file = SimulatedFile(.be, .kbo, vintage: stock?.year)
    let archive = Archive(try ZipWriter(try draft.begin(file.name)))
    try writeCodes(to: archive)
    try writeNumbers(to: archive)
    try Interruption.check()
    progress(0.15)
    try writeNames(to: archive)
    try Interruption.check()
    progress(0.35)
    try writeAddresses(to: archive)
    try Interruption.check()
    progress(0.55)
    try writeActivities(to: archive)
    try Interruption.check()
    progress(0.85)
    try writeBranchesAndContacts(to: archive)
    try archive.zip.finish(comment: comment)
    progress(0.9)
    if stock != nil { return [WrittenFile(file: file, rows: archive.rows)] }
    let workforce = try writeWorkforce()
    try Interruption.check()
    progress(0.97)
    let lists = try writeLists()
    progress(1)
    return [WrittenFile(file: file, rows: archive.rows)] + workforce + lists
  }

  /// The zip file and the rows of all its tables.
  private final class Archive {
    let zip: ZipWriter
    private(set) var rows = 0

    init(_ zip: ZipWriter) { self.zip = zip }

    func table(
      _ name: String, _ header: String, _ fill: (inout CSVWriter) throws(Problem) -> Void
    ) throws(Problem) {
      try zip.begin(entry: "\(name).csv")
      var csv = CSVWriter(to: zip)
      try csv.header(header)
      try fill(&csv)
      try csv.flush()
      try zip.endEntry()
      rows += csv.rows
    }
  }

  private func writeCodes(to archive: Archive) throws(Problem) {
    try archive.table("meta", #""Variable","Value""#) { csv throws(Problem) in
      try codes.writeMeta(days: text.days, today: text.today, to: &csv)
    }
    try archive.table("code", #""Category","Code","Language","Description""#) {
      csv throws(Problem) in try codes.writeCodes(to: &csv)
    }
  }

  private func writeNumbers(to archive: Archive) throws(Problem) {
    let rows = KboEnterprises(text)
    try archive.table("enterprise", KboEnterprises.header) { csv throws(Problem) in
      try forEachEnterprise { enterprise throws(Problem) in try rows.write(enterprise, to: &csv) }
    }
    try archive.table(
      "establishment", #""EstablishmentNumber","StartDate","EnterpriseNumber""#
    ) { csv throws(Problem) in
      try forEachEstablishment { one, enterprise throws(Problem) in
        try rows.write(one, of: enterprise, to: &csv)
      }
    }
  }

  private func writeNames(to archive: Archive) throws(Problem) {
    let rows = KboDenominations(text, places: register.places)
    try archive.table(
      "denomination", #""EntityNumber","Language","TypeOfDenomination","Denomination""#
    ) { csv throws(Problem) in
      try forEachEnterprise { enterprise throws(Problem) in try rows.write(enterprise, to: &csv) }
      try forEachEstablishment { one, enterprise throws(Problem) in
        try rows.write(one, of: enterprise, to: &csv)
      }
    }
  }

  private func writeAddresses(to archive: Archive) throws(Problem) {
    let rows = KboAddresses(text, places: register.places)
    try archive.table("address", KboAddresses.header) { csv throws(Problem) in
      try forEachEnterprise { enterprise throws(Problem) in try rows.write(enterprise, to: &csv) }
      try forEachEstablishment { one, _ throws(Problem) in try rows.write(one, to: &csv) }
    }
  }

  private func writeActivities(to archive: Archive) throws(Problem) {
    let rows = KboActivities(text)
    try archive.table(
      "activity", #""EntityNumber","ActivityGroup","NaceVersion","NaceCode","Classification""#
    ) { csv throws(Problem) in
      try forEachEnterprise { enterprise throws(Problem) in try rows.write(enterprise, to: &csv) }
      try forEachEstablishment { one, enterprise throws(Problem) in
        try rows.write(one, of: enterprise, to: &csv)
      }
    }
  }

  private func writeBranchesAndContacts(to archive: Archive) throws(Problem) {
    let rows = KboEnterprises(text)
    try archive.table("branch", #""Id","StartDate","EnterpriseNumber""#) {
      csv throws(Problem) in
      var branches = 0
      try forEachEnterprise { enterprise throws(Problem) in
        try rows.writeBranch(enterprise, &branches, to: &csv)
      }
    }
    try archive.table("contact", #""EntityNumber","EntityContact","ContactType","Value""#) {
      csv throws(Problem) in
      try forEachEnterprise { enterprise throws(Problem) in
        try rows.writeContacts(enterprise, to: &csv)
      }
    }
  }

  /// The workforce files, and what the publishers count in the same pass.
  private func writeWorkforce() throws(Problem) -> [WrittenFile] {
    let files = try WorkforceFiles(.be, workforce, in: draft)
    var overall = 0
    try forEachEnterprise { enterprise throws(Problem) in
      publishers.begin(enterprise, lists(of: enterprise))
      let hasAccounts = accounts.begin(enterprise)
      for part in 0..<enterprise.establishments {
        let one = register.establishment(part, of: enterprise, overall: overall)
        overall += 1
        guard one.jobs > 0 else { continue }
        let employer = register.employer(one, of: enterprise)
        try files.write(employer) { csv in
          csv.establishmentDigits(stem: one.stem)
        } each: { year, told in
          publishers.add(told, in: year, at: one)
          accounts.add(told, in: year)
        }
        let before = workforce.years.lowerBound - 1
        if hasAccounts, let told = workforce.year(before, of: employer) { accounts.add(told, in: before) }
      }
      publishers.end(enterprise, isTaxed: text.isTaxed(enterprise))
      try accounts.end(enterprise)
      if let family = publishers.family { try actors.see(enterprise, category: family) }
    }
    return try files.finish() + publishers.write(in: draft) + accounts.finish(comment: comment) + [actors.finish()]
  }

  private func lists(of enterprise: Enterprise) -> Memberships {
    memberships.lists(ofForm: enterprise.form, key: enterprise.key, employs: enterprise.employs)
  }

  private func writeLists() throws(Problem) -> [WrittenFile] {
    let files = try ListFiles(
      .be, lists: memberships.lists, header: #""bce","denomination""#, in: draft)
    let rows = KboDenominations(text, places: register.places)
    try forEachEnterprise { enterprise throws(Problem) in
      let lists = lists(of: enterprise)
      guard !lists.isEmpty else { return }
      try files.write(lists) { csv in rows.writeMember(enterprise, to: &csv) }
    }
    return try files.finish()
  }

  private func forEachEnterprise(_ body: (Enterprise) throws(Problem) -> Void) throws(Problem) {
    for rank in 0..<register.count {
      if rank & 0xffff == 0 { try Interruption.check() }
      let now = register.enterprise(rank)
      guard let stock else {
        try body(now)
        continue
      }
      if let then = stock.then(now) { try body(then) }
      if let ceased = stock.ceased(rank) { try body(ceased) }
    }
  }

  /// Establishments in the order of their numbers, which is that of their enterprises.
  private func forEachEstablishment(
    _ body: (EstablishmentUnit, Enterprise) throws(Problem) -> Void
  ) throws(Problem) {
    var overall = 0
    for rank in 0..<register.count {
      if rank & 0xffff == 0 { try Interruption.check() }
      let now = register.enterprise(rank)
      let enterprise = stock.map { $0.then(now) } ?? now
      for part in 0..<now.establishments {
        let one = register.establishment(part, of: now, overall: overall)
        overall += 1
        guard let enterprise, let then = stock.map({ $0.then(one, of: enterprise, now: now) }) ?? one else { continue }
        try body(then, enterprise)
      }
    }
  }
}
