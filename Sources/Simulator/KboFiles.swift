import Diagnostics
import Filesystem
import Tabular

/// The Belgian half of a simulation: the archive of nine tables, one pass each, and the workforce files.
struct KboFiles {
  let folder: String
  let register: BelgianRegister
  let text: KboText
  let workforce: Workforce
  let codes: KboCodes
  let comment: String

  func write(progress: (Double) -> Void) throws(Problem) -> [WrittenFile] {
    try Folder.make(folder)
    let path = "\(folder)/KboOpenData_Full.zip"
    let zip = try ZipWriter(path)
    var rows = 0
    var done = 0.0
    func table(
      _ name: String, _ header: String, share: Double,
      _ fill: (inout CSVWriter) throws(Problem) -> Void
    ) throws(Problem) {
      progress(done)
      try zip.begin(entry: "\(name).csv")
      var csv = CSVWriter(to: zip)
      try csv.header(header)
      try fill(&csv)
      try csv.flush()
      try zip.endEntry()
      rows += csv.rows
      done += share
    }
    try table("meta", #""Variable","Value""#, share: 0) { csv throws(Problem) in
      try codes.writeMeta(days: text.days, today: text.today, to: &csv)
    }
    try table("code", #""Category","Code","Language","Description""#, share: 0) {
      csv throws(Problem) in try codes.writeCodes(to: &csv)
    }
    let enterprises = KboEnterprises(text)
    try table(
      "enterprise",
      #""EnterpriseNumber","Status","JuridicalSituation","TypeOfEnterprise","JuridicalForm","#
        + #""JuridicalFormCAC","StartDate""#, share: 0.1
    ) { csv throws(Problem) in
      for rank in 0..<register.count {
        try enterprises.write(register.enterprise(rank), to: &csv)
      }
    }
    try table(
      "establishment", #""EstablishmentNumber","StartDate","EnterpriseNumber""#, share: 0.1
    ) { csv throws(Problem) in
      try forEachEstablishment { one, enterprise throws(Problem) in
        try enterprises.write(one, of: enterprise, to: &csv)
      }
    }
    let denominations = KboDenominations(text, places: register.places)
    try table(
      "denomination", #""EntityNumber","Language","TypeOfDenomination","Denomination""#,
      share: 0.2
    ) { csv throws(Problem) in
      for rank in 0..<register.count {
        try denominations.write(register.enterprise(rank), to: &csv)
      }
      try forEachEstablishment { one, enterprise throws(Problem) in
        try denominations.write(one, of: enterprise, to: &csv)
      }
    }
    let addresses = KboAddresses(text, places: register.places)
    try table("address", KboAddresses.header, share: 0.2) { csv throws(Problem) in
      for rank in 0..<register.count {
        try addresses.write(register.enterprise(rank), to: &csv)
      }
      try forEachEstablishment { one, _ throws(Problem) in
        try addresses.write(one, to: &csv)
      }
    }
    let activities = KboActivities(text)
    try table(
      "activity", #""EntityNumber","ActivityGroup","NaceVersion","NaceCode","Classification""#,
      share: 0.3
    ) { csv throws(Problem) in
      for rank in 0..<register.count {
        try activities.write(register.enterprise(rank), to: &csv)
      }
      try forEachEstablishment { one, enterprise throws(Problem) in
        try activities.write(one, of: enterprise, to: &csv)
      }
    }
    try table("branch", #""Id","StartDate","EnterpriseNumber""#, share: 0) {
      csv throws(Problem) in
      var branches = 0
      for rank in 0..<register.count {
        try enterprises.writeBranch(
          register.enterprise(rank), places: register.places, &branches, to: &csv)
      }
    }
    try table("contact", #""EntityNumber","EntityContact","ContactType","Value""#, share: 0) {
      csv throws(Problem) in
      for rank in 0..<register.count {
        try enterprises.writeContacts(register.enterprise(rank), to: &csv)
      }
    }
    try zip.finish(comment: comment)
    progress(done)
    return [WrittenFile(path: path, rows: rows)] + (try writeWorkforce())
  }

  private func writeWorkforce() throws(Problem) -> [WrittenFile] {
    let files = try WorkforceFiles(folder, workforce)
    try forEachEstablishment { one, enterprise throws(Problem) in
      guard one.jobs > 0 else { return }
      let employer = Employer(
        jobs: one.jobs, created: one.start, closed: nil,
        division: register.profile.activities[one.activity].division,
        pay: register.profile.groups[enterprise.group].pay * KboFiles.belgianPay, key: one.key)
      try files.write(employer) { csv in csv.establishmentDigits(stem: one.stem) }
    }
    return try files.finish()
  }

  /// Gross pay in Belgium against France, for the same work.
  private static let belgianPay = 1.08

  /// Establishments in the order of their numbers, which is that of their enterprises.
  private func forEachEstablishment(
    _ body: (EstablishmentUnit, Enterprise) throws(Problem) -> Void
  ) throws(Problem) {
    var overall = 0
    for rank in 0..<register.count {
      let enterprise = register.enterprise(rank)
      for part in 0..<enterprise.establishments {
        try body(register.establishment(part, of: enterprise, overall: overall), enterprise)
        overall += 1
      }
    }
  }
}
