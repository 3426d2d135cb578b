#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why another program could not take the place of this one.
struct ProgramError: Error, CustomStringConvertible {
    let description: String

    /// Lets another program take the place of this one, with its terminal; what is made afterwards is the reason why that
    /// did not happen.
    ///
    /// - Parameter words: The program's path, and its arguments.
    init(taking words: [String]) {
        // A handler ends with the program that has it, and what is blocked would stay so.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        let arguments = words.map { strdup($0) } + [nil]
        execv(words[0], arguments)
        description = "\(words[0]) could not be started: \(String(cString: strerror(errno)))."
    }
}
