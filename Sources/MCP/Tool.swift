/// Something that a client can have done.
public struct Tool: Sendable {
    /// What a client calls it by.
    public let name: String
    /// What it does and when to use it, for a model to read.
    public let description: String
    /// The JSON Schemas of its arguments and of the document that it gives; both are of objects.
    public let inputSchema, outputSchema: JSON
    /// Does it; an error is reported by its description.
    public let call: Call

    /// What a tool does with its arguments. It tells what it is at from any thread.
    public typealias Call =
        @Sendable (_ arguments: [String: JSON], _ tell: @escaping @Sendable (String) -> Void)
        async throws -> Result

    /// Its result.
    public struct Result: Sendable {
        /// The document, which the output schema describes.
        public let document: JSON
        /// The same for people.
        public let text: String

        /// Creates a result, in both forms.
        public init(document: JSON, text: String) { (self.document, self.text) = (document, text) }
    }

    /// A tool that changes nothing of the user's.
    public init(
        name: String, description: String, inputSchema: JSON, outputSchema: JSON, call: @escaping Call
    ) {
        (self.name, self.description) = (name, description)
        (self.inputSchema, self.outputSchema, self.call) = (inputSchema, outputSchema, call)
    }

    /// As a client sees it.
    var listing: JSON {
        [
            "name": .string(name), "description": .string(description), "inputSchema": inputSchema,
            "outputSchema": outputSchema, "annotations": ["readOnlyHint": true, "openWorldHint": false],
        ]
    }
}

/// Something that a client can read.
public struct Resource: Sendable {
    /// What it is known by, and what it is called.
    public let uri, name: String
    /// What it is, for a model to read.
    public let description: String
    /// The type of its content.
    public let mimeType: String
    /// Reads the content, whenever a client asks for it.
    public let read: @Sendable () throws -> String

    /// Creates a resource that clients find by its URI.
    public init(
        uri: String, name: String, description: String, mimeType: String, read: @escaping @Sendable () throws -> String
    ) {
        (self.uri, self.name, self.description) = (uri, name, description)
        (self.mimeType, self.read) = (mimeType, read)
    }

    /// As a client sees it.
    var listing: JSON {
        [
            "uri": .string(uri), "name": .string(name), "description": .string(description),
            "mimeType": .string(mimeType),
        ]
    }
}
