import Diagnostics
import Filesystem
import Secrecy
import TestSupport
import Testing
import Wording

/// The rules of secrecy are files: each is read whole or refused with its line.
@Suite("Secrecy profiles")
struct ProfileTests {
  private static let folder = "\(Checkout.installation.share)/secrecy"

  private static var book: SecrecyBook { get throws { try SecrecyBook(share: Checkout.installation.share) } }

  @Test func `every profile of the program loads`() throws {
    let book = try Self.book
    #expect(book.profiles.map(\.id) == ["be-default", "fr-insee", "internal"])
    for profile in book.profiles {
      #expect(!profile.title.fr.isEmpty && !profile.title.nl.isEmpty && !profile.title.en.isEmpty, "\(profile.id)")
      // Nothing but the one for those who hold the data lets all out.
      #expect(profile.isOpen == (profile.id == "internal"), "\(profile.id)")
    }
    #expect(book.profiles(of: ["FR"]).map(\.id) == ["fr-insee"])
    #expect(book.profiles(of: ["BE", "FR"]).map(\.id) == ["be-default", "fr-insee"])
    #expect(try SecrecyProfile("\(Self.folder)/internal.csv") == book.profile("internal"))
  }

  @Test func `the rules of INSEE`() throws {
    let profile = try Self.book.profile("fr-insee")
    #expect(profile.country == "FR")
    #expect(profile.rule(for: .headcount) == .init(units: 3, share: 0.85, employees: 5))
    #expect(profile.rule(for: .pay) == .init(units: 3, share: 0.8, employees: 5))
    // Registers that everybody can look up, and what publishers have protected themselves.
    for kind in [SecrecyProfile.Kind.register, .account, .published] { #expect(profile.rule(for: kind) == .init()) }
  }

  @Test func `nobody has signed the Belgian profile yet`() throws {
    let profile = try Self.book.profile("be-default")
    #expect(profile.country == "BE")
    #expect(profile.signedOff.isEmpty)
    #expect(profile.rule(for: .headcount).units >= 3)
  }

  @Test func `an unknown profile is told with the nearest`() throws {
    let book = try Self.book
    let problem = expectProblem("secrecy.unknown") { _ = try book.profile("fr-inse") }
    #expect(problem?.facts["nearest"] == "fr-insee")
    #expect(problem?.status == .commandLine)
  }

  @Test(
    arguments: [
      ("headcount,min_units,3", "headcounts,min_units,3", "share.unknown_code"),
      ("headcount,max_share,85", "headcount,most_share,85", "share.unknown_code"),
      ("pay,min_employees,5", "pay,min_employees,five", "share.bad_number"),
      ("pay,min_units,3", "pay,min_units,-3", "share.bad_number"),
      ("pay,min_units,3", "pay,min_units,", "share.bad_number"),
      ("pay,min_units,3", "pay,min_units,nan", "share.bad_number"),
      ("kind,rule,value", "kind,rule,values", "share.no_column"),
      ("headcount,max_share,85,S,none", "headcount,max_share,85,none", "share.ragged"),
    ])
  func `a spoiled profile is refused with its line`(old: String, new: String, code: String) throws {
    let copy = try SpoiledCopy(of: "\(Self.folder)/fr-insee.csv", old, new)
    let problem = expectProblem(code, line: copy.line, "\(new)") { _ = try SecrecyProfile(copy.path) }
    #expect(problem?.place.file == copy.path)
  }

  @Test(arguments: ["id", "version", "country", "signed_off", "source", "title_nl"])
  func `a profile without a property is refused`(key: String) throws {
    let copy = try SpoiledCopy(of: "\(Self.folder)/be-default.csv", "# \(key):", "# another:")
    let problem = expectProblem("share.no_property", line: 1) { _ = try SecrecyProfile(copy.path) }
    #expect(problem?.facts["key"] == key)
  }
}
