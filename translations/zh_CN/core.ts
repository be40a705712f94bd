<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>checks</name>
    <message>
        <source>Answer cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the tokens after the template exceed the chosen length, so the end of the row is not learnt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Very short answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all answers together have fewer than 10 characters or fewer than 10 tokens (Data-Juicer: text_length, token_num)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same system prompt, question and answer after Unicode NFC and collapsed white space (128-bit hash); the rows of a group stand together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same question, different answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same system prompt and question, another answer: to be reviewed, not removed; preference pairs are left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no user message, or one of only white space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no assistant message, or one without words and without a tool call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roles out of order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>system only first, then user and assistant in turn, the assistant last; tool results directly after the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool result without a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tool message that follows no tool call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool call id missing or unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tool message whose tool_call_id is empty or names no earlier call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool arguments are not JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the arguments of a tool call cannot be read as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen equals rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both answers of a preference pair are the same after collapsed white space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broken characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>U+FFFD, which stands where bytes could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrongly decoded text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two or more places where UTF-8 was read as Latin-1, such as Ã© or â€™</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Control characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>characters below U+0020 other than tab and line breaks, or U+007F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Few letters and digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>letters and digits are less than 0.25 of the answer&apos;s characters (Data-Juicer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Many special characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than 0.25 of the answer&apos;s characters are neither letter, digit nor white space; not for code (Data-Juicer, NeMo)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeated characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>10-character pieces that occur again among the most frequent ones make up more than 0.5 of the answer (Data-Juicer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeated words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than 0.5 of the answer&apos;s 10-word pieces occur more than once (Data-Juicer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One phrase over and over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the most frequent 2, 3 or 4 words hold more than 0.20, 0.18 or 0.16 of the characters; from 50 words on (Gopher)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeated phrases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>repeated 5 to 10 words hold more than 0.15, 0.14, 0.13, 0.12, 0.11 or 0.10 of the characters; from 50 words on (Gopher)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeated lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lines that stood before hold more than 0.30 of the answer&apos;s lines, or more than 0.20 of its characters; not for code (datatrove)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeated paragraphs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paragraphs that stood before hold more than 0.30 of the answer&apos;s paragraphs, or more than 0.20 of its characters (datatrove)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlong word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a word of more than 1000 characters (C4, NeMo)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unusual word length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean word length outside 3 to 10 characters, from 10 words on; not for Chinese, Japanese and Korean (Gopher)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Many links, digits or brackets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>links hold more than 0.2, digits more than 0.15 or round brackets more than 0.1 of the answer&apos;s characters (NeMo)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boilerplate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an answer that opens with a refusal, says “as an AI” or holds lorem ipsum; the list of phrases is ours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text of the form name@host.domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public IP address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an IPv4 address outside the private, loopback and documentation ranges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a private key block, or a token in the form of AWS, GitHub, Slack, Google or OpenAI keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Start it again when you are ready.</source>
        <translation>准备好后再次启动。</translation>
    </message>
    <message>
        <source>Something went wrong inside the program: {what}</source>
        <translation>程序内部出错：{what}</translation>
    </message>
    <message>
        <source>Please report this text together with what you did.</source>
        <translation>请把这段文字连同您所做的操作一起反馈。</translation>
    </message>
    <message>
        <source>There is not enough memory for {what}.</source>
        <translation>内存不足，无法完成 {what}。</translation>
    </message>
    <message>
        <source>Close other models or programs, or choose a smaller batch, length or model.</source>
        <translation>关闭其他模型或程序，或选择更小的批次、长度或模型。</translation>
    </message>
    <message>
        <source>{count} problems were found:</source>
        <translation>发现 {count} 个问题：</translation>
    </message>
    <message>
        <source>Mend the listed places and try again.</source>
        <translation>修正所列位置后重试。</translation>
    </message>
    <message>
        <source>{what}</source>
        <translation>{what}</translation>
    </message>
    <message>
        <source>Run the command with --help to see its options.</source>
        <translation>用 --help 运行该命令查看其选项。</translation>
    </message>
    <message>
        <source>The training in {path} ended without a checkpoint.</source>
        <translation>{path} 中的训练结束时没有检查点。</translation>
    </message>
    <message>
        <source>Look into its log.txt, and start the demo again.</source>
        <translation>查看其 log.txt，然后重新启动演示。</translation>
    </message>
    <message>
        <source>{path} exists already.</source>
        <translation>{path} 已经存在。</translation>
    </message>
    <message>
        <source>Choose another place, or remove it first.</source>
        <translation>换一个位置，或先将其移除。</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>检查路径。</translation>
    </message>
    <message>
        <source>{path} cannot be opened: {reason}.</source>
        <translation>无法打开 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Check that it exists and that you may read it.</source>
        <translation>检查它是否存在，以及您是否有读取权限。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Check the disk and the rights on the file.</source>
        <translation>检查磁盘和文件权限。</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Free some space on the disk, or choose another place; what was saved before is untouched.</source>
        <translation>腾出一些磁盘空间，或换一个位置；之前保存的内容不受影响。</translation>
    </message>
    <message>
        <source>This is not valid JSON: {reason}.</source>
        <translation>不是有效的 JSON：{reason}。</translation>
    </message>
    <message>
        <source>Mend the file at the place named.</source>
        <translation>在所指位置修正文件。</translation>
    </message>
    <message>
        <source>{key} must be {expected}, but it is {found}.</source>
        <translation>{key} 应为 {expected}，实际为 {found}。</translation>
    </message>
    <message>
        <source>Mend the value.</source>
        <translation>修正该值。</translation>
    </message>
    <message>
        <source>{key} is missing.</source>
        <translation>缺少 {key}。</translation>
    </message>
    <message>
        <source>Add the key.</source>
        <translation>补上该键。</translation>
    </message>
    <message>
        <source>{key} is not a known key.</source>
        <translation>{key} 不是已知的键。</translation>
    </message>
    <message>
        <source>Remove it, or check its spelling. Known: {known}.</source>
        <translation>删除它，或检查拼写。已知的键：{known}。</translation>
    </message>
    <message>
        <source>{key} has a value that cannot be used: {reason}.</source>
        <translation>{key} 的值无法使用：{reason}。</translation>
    </message>
    <message>
        <source>{path} has no row that can be used: {rejected} were rejected.</source>
        <translation>{path} 中没有可用的行：{rejected} 行被拒绝。</translation>
    </message>
    <message>
        <source>Look at the first reasons below; mend the file, or name its dialect or columns.</source>
        <translation>先看下面最前面的原因；修正文件，或指明其格式或列。</translation>
    </message>
    <message>
        <source>The rows of {path} are of no known shape. Keys seen: {keys}.</source>
        <translation>{path} 的行不属于任何已知形式。见到的键：{keys}。</translation>
    </message>
    <message>
        <source>Name the dialect, or say which keys hold the question and the answer. Known: {known}.</source>
        <translation>指明格式，或说明哪些键是问题和答案。已知格式：{known}。</translation>
    </message>
    <message>
        <source>There is no dialect called {dialect}.</source>
        <translation>没有名为 {dialect} 的格式。</translation>
    </message>
    <message>
        <source>Choose one of: {known}.</source>
        <translation>请从中选择：{known}。</translation>
    </message>
    <message>
        <source>{path} is empty.</source>
        <translation>{path} 是空的。</translation>
    </message>
    <message>
        <source>Choose a file that holds rows.</source>
        <translation>选择包含数据行的文件。</translation>
    </message>
    <message>
        <source>{path} is not a text file: it looks like {kind}.</source>
        <translation>{path} 不是文本文件：看起来像 {kind}。</translation>
    </message>
    <message>
        <source>Unpack or convert it to JSON, JSONL, CSV or plain text in UTF-8.</source>
        <translation>解压，或转换为 UTF-8 编码的 JSON、JSONL、CSV 或纯文本。</translation>
    </message>
    <message>
        <source>{path} has no column called {column}. Its columns are: {columns}.</source>
        <translation>{path} 没有名为 {column} 的列。它的列是：{columns}。</translation>
    </message>
    <message>
        <source>Map the column to one that the file has.</source>
        <translation>把该列映射到文件中存在的列。</translation>
    </message>
    <message>
        <source>The columns of {path} are not understood. They are: {columns}.</source>
        <translation>无法理解 {path} 的列：{columns}。</translation>
    </message>
    <message>
        <source>Say which column is the question and which the answer, or name the dialect text where it is prose.</source>
        <translation>说明哪一列是问题、哪一列是答案；若是散文，请指明格式 text。</translation>
    </message>
    <message>
        <source>Mend the row at the place named.</source>
        <translation>在所指位置修正该行。</translation>
    </message>
    <message>
        <source>The byte {byte} is not UTF-8.</source>
        <translation>字节 {byte} 不是 UTF-8。</translation>
    </message>
    <message>
        <source>Convert the file to UTF-8, for example with iconv.</source>
        <translation>把文件转换为 UTF-8，例如用 iconv。</translation>
    </message>
    <message>
        <source>The row is {found}, not an object.</source>
        <translation>该行是 {found}，不是对象。</translation>
    </message>
    <message>
        <source>Write one object a row.</source>
        <translation>每行写一个对象。</translation>
    </message>
    <message>
        <source>The row has {bytes} bytes, more than the {limit} allowed.</source>
        <translation>该行有 {bytes} 字节，超过允许的 {limit}。</translation>
    </message>
    <message>
        <source>Look whether a quote or bracket before it is missing; else raise the limit.</source>
        <translation>检查前面是否缺少引号或括号；否则提高上限。</translation>
    </message>
    <message>
        <source>The row is nested more than {limit} levels deep.</source>
        <translation>该行嵌套超过 {limit} 层。</translation>
    </message>
    <message>
        <source>Flatten it.</source>
        <translation>减少嵌套层数。</translation>
    </message>
    <message>
        <source>{field} is missing.</source>
        <translation>缺少 {field}。</translation>
    </message>
    <message>
        <source>Add it, or map the key that holds it.</source>
        <translation>补上它，或映射保存它的键。</translation>
    </message>
    <message>
        <source>{field} must be {expected}, but it is {found}.</source>
        <translation>{field} 应为 {expected}，实际为 {found}。</translation>
    </message>
    <message>
        <source>The role &quot;{tag}&quot; is not known.</source>
        <translation>不认识角色 “{tag}”。</translation>
    </message>
    <message>
        <source>Map it to system, user, assistant or tool, for example {tag}=assistant.</source>
        <translation>把它映射到 system、user、assistant 或 tool，例如 {tag}=assistant。</translation>
    </message>
    <message>
        <source>{field} is a part of type &quot;{type}&quot;, which a text conversation cannot hold.</source>
        <translation>{field} 是 “{type}” 类型的部分，纯文本对话无法容纳。</translation>
    </message>
    <message>
        <source>Leave the row out, or replace the part by text.</source>
        <translation>去掉该行，或用文本替换这一部分。</translation>
    </message>
    <message>
        <source>The conversation has no messages.</source>
        <translation>对话中没有消息。</translation>
    </message>
    <message>
        <source>Add turns or remove the row.</source>
        <translation>补上对话轮次，或删除该行。</translation>
    </message>
    <message>
        <source>{field} has {found} entries where {expected} were expected.</source>
        <translation>{field} 有 {found} 项，应为 {expected} 项。</translation>
    </message>
    <message>
        <source>Give each question one answer.</source>
        <translation>每个问题对应一个答案。</translation>
    </message>
    <message>
        <source>{field} must be a list of [question, answer] pairs.</source>
        <translation>{field} 必须是 [问题, 答案] 对的列表。</translation>
    </message>
    <message>
        <source>chosen and rejected share no beginning that could be the prompt.</source>
        <translation>chosen 和 rejected 没有可作为提示的共同开头。</translation>
    </message>
    <message>
        <source>Add a prompt key.</source>
        <translation>补上 prompt 键。</translation>
    </message>
    <message>
        <source>The row has {found} fields where the first row has {expected}.</source>
        <translation>该行有 {found} 个字段，第一行有 {expected} 个。</translation>
    </message>
    <message>
        <source>Look for a delimiter or a quote that is missing.</source>
        <translation>检查是否缺少分隔符或引号。</translation>
    </message>
    <message>
        <source>A quoted field is {problem}.</source>
        <translation>有引号的字段{problem}。</translation>
    </message>
    <message>
        <source>Double the quotes that belong to the text.</source>
        <translation>属于文本的引号要写两次。</translation>
    </message>
    <message>
        <source>The file ends in the middle of this row.</source>
        <translation>文件在这一行中间就结束了。</translation>
    </message>
    <message>
        <source>Get the whole file.</source>
        <translation>重新获取完整的文件。</translation>
    </message>
    <message>
        <source>The file ends without the closing bracket.</source>
        <translation>文件结束时缺少右括号。</translation>
    </message>
    <message>
        <source>Check whether rows are missing.</source>
        <translation>检查是否缺少数据行。</translation>
    </message>
    <message>
        <source>{found} between two rows.</source>
        <translation>两行之间有 {found}。</translation>
    </message>
    <message>
        <source>Nothing is lost; mend the file when convenient.</source>
        <translation>没有丢失任何内容；方便时再修正文件。</translation>
    </message>
    <message>
        <source>{field} is empty.</source>
        <translation>{field} 为空。</translation>
    </message>
    <message>
        <source>Fill in the turn or remove the row.</source>
        <translation>填上该轮内容，或删除该行。</translation>
    </message>
    <message>
        <source>{field}: {problem}.</source>
        <translation>{field}：{problem}。</translation>
    </message>
    <message>
        <source>Add the turn that is missing, or remove the row.</source>
        <translation>补上缺少的轮次，或删除该行。</translation>
    </message>
    <message>
        <source>{field} should hold JSON, but: {reason}.</source>
        <translation>{field} 应为 JSON，但是：{reason}。</translation>
    </message>
    <message>
        <source>Mend the text; it was kept as it is.</source>
        <translation>修正该文本；目前按原样保留。</translation>
    </message>
    <message>
        <source>A text of {bytes} bytes was cut at a line&apos;s end.</source>
        <translation>一段 {bytes} 字节的文本在行尾被截断。</translation>
    </message>
    <message>
        <source>Separate documents by blank lines.</source>
        <translation>用空行分隔文档。</translation>
    </message>
    <message>
        <source>{field} has a value that cannot be used: {reason}.</source>
        <translation>{field} 的值无法使用：{reason}。</translation>
    </message>
    <message>
        <source>Write the sample in the form of the documentation.</source>
        <translation>按文档中的形式书写样本。</translation>
    </message>
    <message>
        <source>There is no export format called {format}.</source>
        <translation>没有名为 {format} 的导出格式。</translation>
    </message>
    <message>
        <source>The {format} format cannot hold {what}.</source>
        <translation>{format} 格式无法容纳 {what}。</translation>
    </message>
    <message>
        <source>Export this sample in another format, such as openai.</source>
        <translation>用其他格式导出该样本，例如 openai。</translation>
    </message>
    <message>
        <source>The export to {path} has ended already.</source>
        <translation>到 {path} 的导出已经结束。</translation>
    </message>
    <message>
        <source>Start a new one.</source>
        <translation>请开始新的导出。</translation>
    </message>
    <message>
        <source>The added token {token} of {path} has the id {id}, but {expected} is the next free one.</source>
        <translation>{path} 中添加的词元 {token} 的编号是 {id}，而下一个空闲编号是 {expected}。</translation>
    </message>
    <message>
        <source>Correct added_tokens_decoder in tokenizer_config.json: added ids follow the vocabulary without gaps.</source>
        <translation>修正 tokenizer_config.json 中的 added_tokens_decoder：添加的编号须紧接词表且不留空缺。</translation>
    </message>
    <message>
        <source>{path} has no tokenizer.</source>
        <translation>{path} 没有分词器。</translation>
    </message>
    <message>
        <source>Add its tokenizer.model to the folder, or work with token ids.</source>
        <translation>把 tokenizer.model 放进该文件夹，或直接使用词元编号。</translation>
    </message>
    <message>
        <source>The tokenizer library {path} cannot be loaded: {reason}.</source>
        <translation>无法加载分词器库 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Install the program again; libassay_spm.so belongs beside libassay_core.so.</source>
        <translation>重新安装程序；libassay_spm.so 应与 libassay_core.so 放在一起。</translation>
    </message>
    <message>
        <source>{path} is not a SentencePiece model: {reason}</source>
        <translation>{path} 不是 SentencePiece 模型：{reason}</translation>
    </message>
    <message>
        <source>Get the file again; a truncated download and a Git LFS pointer file are the common causes.</source>
        <translation>重新获取该文件；常见原因是下载不完整或只有 Git LFS 指针。</translation>
    </message>
    <message>
        <source>{path} cannot be read as a tokenizer: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer {path} needs {part}, which is not supported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Supported are byte-level BPE, BPE with byte fallback and Unigram in tokenizer.json, tokenizer.model (SentencePiece), tiktoken files, and vocab.json with merges.txt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The corpus holds no text.</source>
        <translation>语料中没有文本。</translation>
    </message>
    <message>
        <source>Give files with text, one sentence or paragraph a line.</source>
        <translation>提供含文本的文件，每行一句或一段。</translation>
    </message>
    <message>
        <source>The tokenizer cannot be trained: {reason}</source>
        <translation>无法训练分词器：{reason}</translation>
    </message>
    <message>
        <source>Check the corpus; other sizes or the other model type may work.</source>
        <translation>检查语料；换其他大小或另一种模型类型也许可行。</translation>
    </message>
    <message>
        <source>This corpus does not fill a vocabulary of {size} pieces.</source>
        <translation>这份语料不足以填满 {size} 个词元的词表。</translation>
    </message>
    <message>
        <source>Choose {largest} pieces at most, or give more text.</source>
        <translation>最多选择 {largest} 个词元，或提供更多文本。</translation>
    </message>
    <message>
        <source>A vocabulary of {size} pieces is too small for this corpus.</source>
        <translation>对这份语料来说，{size} 个词元的词表太小。</translation>
    </message>
    <message>
        <source>Choose {least} pieces at least, or a smaller character coverage.</source>
        <translation>至少选择 {least} 个词元，或降低字符覆盖率。</translation>
    </message>
    <message>
        <source>Message {number} ({role}) does not fit the chat template {template}: {reason}.</source>
        <translation>第 {number} 条消息（{role}）不符合对话模板 {template}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another template (chatml holds every kind of message), or change the conversation.</source>
        <translation>换一个模板（chatml 能容纳各种消息），或修改对话。</translation>
    </message>
    <message>
        <source>There is no chat template {name}.</source>
        <translation>没有名为 {name} 的对话模板。</translation>
    </message>
    <message>
        <source>What message {number} trains cannot be told from the chat template {template}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put {% generation %} and {% endgeneration %} around the answer in the template, give the message the weight 0, or choose another template.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat template {template} refuses this conversation: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the conversation, or choose another template.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat template {template} fails at line {line}, column {column}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the template, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat template {path} is wrong at line {line}, column {column}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project database {path} is damaged: {reason}.</source>
        <translation>项目数据库 {path} 已损坏：{reason}。</translation>
    </message>
    <message>
        <source>Copy the project folder before you do anything else. Then restore a backup, or let sqlite3&apos;s command .recover read what can still be read.</source>
        <translation>先复制整个项目文件夹，再做其他操作。然后恢复备份，或用 sqlite3 的 .recover 命令读出仍可读取的内容。</translation>
    </message>
    <message>
        <source>The project {path} was written by a newer version of the program (data version {found}; this one knows {known}).</source>
        <translation>项目 {path} 由更新版本的程序写成（数据版本 {found}；本程序支持 {known}）。</translation>
    </message>
    <message>
        <source>Open it with the newer version; nothing was changed.</source>
        <translation>用更新的版本打开；没有做任何改动。</translation>
    </message>
    <message>
        <source>The project {path} has data version {found}, but {known} is needed to read it.</source>
        <translation>项目 {path} 的数据版本是 {found}，读取需要 {known}。</translation>
    </message>
    <message>
        <source>Open it once for writing, which brings it up to date.</source>
        <translation>以写入方式打开一次，即可更新。</translation>
    </message>
    <message>
        <source>{path} is not an Assay project.</source>
        <translation>{path} 不是 Assay 项目。</translation>
    </message>
    <message>
        <source>Choose a folder that holds project.db, or make one with &quot;assay-cli project new&quot;.</source>
        <translation>选择包含 project.db 的文件夹，或用 “assay-cli project new” 新建。</translation>
    </message>
    <message>
        <source>The project database {path} is in use by another process for too long.</source>
        <translation>项目数据库 {path} 被另一个进程占用太久。</translation>
    </message>
    <message>
        <source>Wait until the other import or program has finished, and try again.</source>
        <translation>等其他导入或程序结束后重试。</translation>
    </message>
    <message>
        <source>There is no space left to write {path}.</source>
        <translation>没有空间写入 {path}。</translation>
    </message>
    <message>
        <source>Free some space and try again; what was saved before is untouched.</source>
        <translation>腾出一些空间后重试；之前保存的内容不受影响。</translation>
    </message>
    <message>
        <source>The project database {path} cannot be read or written: {reason}.</source>
        <translation>无法读写项目数据库 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Check the disk and the rights on the project folder.</source>
        <translation>检查磁盘和项目文件夹的权限。</translation>
    </message>
    <message>
        <source>The project database {path} may only be read.</source>
        <translation>项目数据库 {path} 只能读取。</translation>
    </message>
    <message>
        <source>Check the rights on the project folder, or copy the project to a place of your own.</source>
        <translation>检查项目文件夹的权限，或把项目复制到自己的位置。</translation>
    </message>
    <message>
        <source>The project database {path} reports: {reason}.</source>
        <translation>项目数据库 {path} 报告：{reason}。</translation>
    </message>
    <message>
        <source>The project {path} is open in another window ({owner}).</source>
        <translation>项目 {path} 已在另一个窗口中打开（{owner}）。</translation>
    </message>
    <message>
        <source>Use that window, or close it first. Commands in a terminal may use the project at the same time.</source>
        <translation>使用那个窗口，或先关闭它。终端中的命令可以同时使用该项目。</translation>
    </message>
    <message>
        <source>There is no sample {id} in this project.</source>
        <translation>该项目中没有样本 {id}。</translation>
    </message>
    <message>
        <source>List the samples to see their ids.</source>
        <translation>列出样本以查看其编号。</translation>
    </message>
    <message>
        <source>The sample {id} never had the revision {revision}.</source>
        <translation>样本 {id} 从未有过修订 {revision}。</translation>
    </message>
    <message>
        <source>See its history for the revisions it had.</source>
        <translation>查看它的历史以了解有过哪些修订。</translation>
    </message>
    <message>
        <source>A sample with the id {uid} is already there.</source>
        <translation>编号为 {uid} 的样本已经存在。</translation>
    </message>
    <message>
        <source>Remove the id from the row to take it in as a new sample.</source>
        <translation>去掉该行的编号，作为新样本导入。</translation>
    </message>
    <message>
        <source>No row could be kept; {rejected} were rejected.</source>
        <translation>没有一行可以保留；{rejected} 行被拒绝。</translation>
    </message>
    <message>
        <source>Look at the reasons above; often --dialect, --map or --role says what the file means.</source>
        <translation>查看上面的原因；通常 --dialect、--map 或 --role 能说明文件的含义。</translation>
    </message>
    <message>
        <source>The data is malformed in {count} places, of which this is the first; the {kept} good rows are imported.</source>
        <translation>数据有 {count} 处格式错误，这是第一处；{kept} 行正确的数据已导入。</translation>
    </message>
    <message>
        <source>Mend the places listed, and import the mended rows from a file of their own.</source>
        <translation>修正所列位置，并把修正后的行放在单独的文件中导入。</translation>
    </message>
    <message>
        <source>The format {format} can hold none of the {count} samples.</source>
        <translation>格式 {format} 无法容纳这 {count} 个样本中的任何一个。</translation>
    </message>
    <message>
        <source>Choose another format, or other samples.</source>
        <translation>换一种格式，或选择其他样本。</translation>
    </message>
    <message>
        <source>There is already a saved view called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name, or delete that view first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no saved view called {name}.</source>
        <translation>没有名为 {name} 的已存视图。</translation>
    </message>
    <message>
        <source>Check the spelling of its name.</source>
        <translation>检查名称的拼写。</translation>
    </message>
    <message>
        <source>There is nothing to search for in &quot;{query}&quot;.</source>
        <translation>“{query}” 中没有可搜索的内容。</translation>
    </message>
    <message>
        <source>Type at least one word; punctuation and words to leave out are not enough.</source>
        <translation>至少输入一个词；只有标点或要排除的词是不够的。</translation>
    </message>
    <message>
        <source>The search expression &quot;{query}&quot; cannot be read: {reason}.</source>
        <translation>无法理解搜索表达式 “{query}”：{reason}。</translation>
    </message>
    <message>
        <source>Mend it, or search for plain words without the expert syntax.</source>
        <translation>修正它，或不用专家语法、直接搜索普通词语。</translation>
    </message>
    <message>
        <source>There is no decision {uid} in this project.</source>
        <translation>该项目中没有决定 {uid}。</translation>
    </message>
    <message>
        <source>See the history of the sample for its decisions.</source>
        <translation>查看样本的历史以了解其决定。</translation>
    </message>
    <message>
        <source>The decision {uid} has been undone already.</source>
        <translation>决定 {uid} 已经被撤销。</translation>
    </message>
    <message>
        <source>Redo it, or undo another one.</source>
        <translation>重做它，或撤销另一个。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的内容。</translation>
    </message>
    <message>
        <source>Only decisions that are in effect can be undone.</source>
        <translation>只有仍然有效的决定才能撤销。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的内容。</translation>
    </message>
    <message>
        <source>What was undone can be redone until a new decision is made.</source>
        <translation>在做出新决定之前，可以重做已撤销的内容。</translation>
    </message>
    <message>
        <source>This {kind} cannot be recorded: {reason}.</source>
        <translation>无法记录这个{kind}：{reason}。</translation>
    </message>
    <message>
        <source>Mend the decision and try again.</source>
        <translation>修正该决定后重试。</translation>
    </message>
    <message>
        <source>This task definition cannot be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend it and try again; the one in force is unchanged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project never had the guideline {hash}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the versions of the guideline for their hashes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A decision comes from a clock that is {seconds} seconds ahead of this machine&apos;s.</source>
        <translation>一个决定来自比本机快 {seconds} 秒的时钟。</translation>
    </message>
    <message>
        <source>Set the clocks of both machines, then exchange the decisions again.</source>
        <translation>校准两台机器的时钟，然后重新交换决定。</translation>
    </message>
    <message>
        <source>The engine is not installed: {reason}.</source>
        <translation>未安装引擎：{reason}。</translation>
    </message>
    <message>
        <source>Install the package assay-engine, or build with ASSAY_ENGINE=ON.</source>
        <translation>安装软件包 assay-engine，或以 ASSAY_ENGINE=ON 构建。</translation>
    </message>
    <message>
        <source>The job ended ({phase}) before it answered to {command}.</source>
        <translation>任务在回应 {command} 之前已结束（{phase}）。</translation>
    </message>
    <message>
        <source>Look at its state with the verb: job status.</source>
        <translation>用命令 job status 查看其状态。</translation>
    </message>
    <message>
        <source>{path} holds {size} bytes, but the checkpoint was taken when it held {expected}.</source>
        <translation>{path} 有 {size} 字节，但检查点是在它有 {expected} 字节时保存的。</translation>
    </message>
    <message>
        <source>Lines were lost from this file; continue from an older checkpoint, or start the job anew.</source>
        <translation>该文件丢失了若干行；从更早的检查点继续，或重新开始任务。</translation>
    </message>
    <message>
        <source>{path} exists already and is not an empty folder.</source>
        <translation>{path} 已存在，且不是空文件夹。</translation>
    </message>
    <message>
        <source>Choose another folder for the job, or continue the one there with: assay-cli run {path}</source>
        <translation>为任务另选文件夹，或用 assay-cli run {path} 继续其中的任务</translation>
    </message>
    <message>
        <source>The job in {path} has not answered to {command} in time; it will when its step is done.</source>
        <translation>{path} 中的任务没有及时回应 {command}；当前步完成后会回应。</translation>
    </message>
    <message>
        <source>Look again with: assay-cli job status {path}</source>
        <translation>再次查看：assay-cli job status {path}</translation>
    </message>
    <message>
        <source>{path} is not a job folder: it has no spec.json.</source>
        <translation>{path} 不是任务文件夹：没有 spec.json。</translation>
    </message>
    <message>
        <source>Check the path, or make a job with: assay-cli train --spec SPEC --job {path}</source>
        <translation>检查路径，或新建任务：assay-cli train --spec SPEC --job {path}</translation>
    </message>
    <message>
        <source>No process works on the job in {path}.</source>
        <translation>没有进程在处理 {path} 中的任务。</translation>
    </message>
    <message>
        <source>Start it with: assay-cli run {path}</source>
        <translation>启动它：assay-cli run {path}</translation>
    </message>
    <message>
        <source>The job in {path} is being worked on by process {pid} on {host} since {since}.</source>
        <translation>{path} 中的任务正由 {host} 上的进程 {pid} 处理，始于 {since}。</translation>
    </message>
    <message>
        <source>Wait until it is done, or end it with: assay-cli job stop {path}</source>
        <translation>等它完成，或用 assay-cli job stop {path} 结束它</translation>
    </message>
    <message>
        <source>The job did not carry out {command}: {reason}.</source>
        <translation>任务没有执行 {command}：{reason}。</translation>
    </message>
    <message>
        <source>{path} was changed after the job was made.</source>
        <translation>{path} 在任务创建之后被修改。</translation>
    </message>
    <message>
        <source>A job&apos;s spec is fixed, so that its results can be trusted. Put back the old text, or make a new job with the changed spec.</source>
        <translation>任务的配置是固定的，这样结果才可信。恢复原文，或用修改后的配置新建任务。</translation>
    </message>
    <message>
        <source>The job could not be started: {reason}.</source>
        <translation>无法启动任务：{reason}。</translation>
    </message>
    <message>
        <source>Look at the end of {log}.</source>
        <translation>查看 {log} 的末尾。</translation>
    </message>
    <message>
        <source>No training log was found in {path}.</source>
        <translation>在 {path} 中没有找到训练日志。</translation>
    </message>
    <message>
        <source>Assay reads TensorBoard event files, trainer_state.json, trainer_log.jsonl and logging.jsonl; choose the folder that a trainer wrote into.</source>
        <translation>Assay 读取 TensorBoard 事件文件、trainer_state.json、trainer_log.jsonl 和 logging.jsonl；请选择训练程序写入的文件夹。</translation>
    </message>
    <message>
        <source>{path} holds settings, no curve.</source>
        <translation>{path} 保存的是设置，没有曲线。</translation>
    </message>
    <message>
        <source>Open trainer_state.json, trainer_log.jsonl, logging.jsonl or an event file instead.</source>
        <translation>请改为打开 trainer_state.json、trainer_log.jsonl、logging.jsonl 或事件文件。</translation>
    </message>
    <message>
        <source>{path} holds the totals of a run, no curve.</source>
        <translation>{path} 保存的是运行总计，没有曲线。</translation>
    </message>
    <message>
        <source>Open trainer_state.json or trainer_log.jsonl of the same run; its totals are shown with it.</source>
        <translation>请打开同一运行的 trainer_state.json 或 trainer_log.jsonl；总计会一并显示。</translation>
    </message>
    <message>
        <source>{path} is no training log that Assay reads.</source>
        <translation>{path} 不是 Assay 能读取的训练日志。</translation>
    </message>
    <message>
        <source>It reads TensorBoard event files, trainer_state.json, trainer_log.jsonl and logging.jsonl.</source>
        <translation>它读取 TensorBoard 事件文件、trainer_state.json、trainer_log.jsonl 和 logging.jsonl。</translation>
    </message>
    <message>
        <source>The measured job in {path} ended before its second step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data may hold fewer rows than one step takes; give it more, or make the steps smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no row {row}; the data gives {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number below that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{job} is not in the queue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the queue with: assay-cli queue list FOLDER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{job} is in the queue already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move it instead of adding it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process of the job in {path} ended without a word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the end of its log.txt; its memory may have run out. Continue it with: assay-cli run {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run has exactly one data source, but {found}.</source>
        <translation>一次运行只能有一个数据来源，但是{found}。</translation>
    </message>
    <message>
        <source>Give one of data.project, data.files and data.tokenized.</source>
        <translation>在 data.project、data.files 和 data.tokenized 中给出一个。</translation>
    </message>
    <message>
        <source>A run starts either from a model folder or from a shape, but {found}.</source>
        <translation>运行要么从模型文件夹开始，要么从一个形状开始，但是{found}。</translation>
    </message>
    <message>
        <source>Give model.path, or model.shape together with model.tokenizer.</source>
        <translation>给出 model.path，或同时给出 model.shape 和 model.tokenizer。</translation>
    </message>
    <message>
        <source>This spec has version {found}; this program knows version {known}.</source>
        <translation>该配置的版本是 {found}；本程序支持 {known}。</translation>
    </message>
    <message>
        <source>Use the program that wrote it, or write the spec anew from the example that the verb spec prints.</source>
        <translation>使用写出它的程序，或参照 spec 命令打印的示例重新编写。</translation>
    </message>
    <message>
        <source>A job&apos;s rows are fixed, so that it can be repeated. Make a new job from the changed data.</source>
        <translation>任务的数据行是固定的，这样才能重复。请用改动后的数据新建任务。</translation>
    </message>
    <message>
        <source>No row of the data can be used; {rejected} were left out.</source>
        <translation>没有可用的数据行；{rejected} 行被排除。</translation>
    </message>
    <message>
        <source>Mend the rows listed, or choose other data.</source>
        <translation>修正所列的行，或选择其他数据。</translation>
    </message>
    <message>
        <source>This row cannot be used: {reason}.</source>
        <translation>该行无法使用：{reason}。</translation>
    </message>
    <message>
        <source>Leave it out, or choose another kind of run.</source>
        <translation>去掉它，或选择另一种运行。</translation>
    </message>
    <message>
        <source>{path} is damaged at byte {byte}: {reason}.</source>
        <translation>{path} 在字节 {byte} 处损坏：{reason}。</translation>
    </message>
    <message>
        <source>What stands before that place was read; copy the file anew if more is expected.</source>
        <translation>该处之前的内容已读取；如果应有更多内容，请重新复制文件。</translation>
    </message>
    <message>
        <source>{path} has no tokenizer, so it cannot take text.</source>
        <translation>{path} 没有分词器，无法处理文本。</translation>
    </message>
    <message>
        <source>Put tokenizer.model into its folder, or give token ids.</source>
        <translation>把 tokenizer.model 放进其文件夹，或给出词元编号。</translation>
    </message>
    <message>
        <source>{path} has no chat template, so messages cannot be rendered for it.</source>
        <translation>{path} 没有对话模板，无法为它渲染消息。</translation>
    </message>
    <message>
        <source>Name one with --template (chatml, llama-2, alpaca or plain).</source>
        <translation>用 --template 指明一个（chatml、llama-2、alpaca 或 plain）。</translation>
    </message>
    <message>
        <source>Nothing was given to be scored or continued.</source>
        <translation>没有给出要评分或续写的内容。</translation>
    </message>
    <message>
        <source>Give ids, a text or messages.</source>
        <translation>给出 ids、文本或消息。</translation>
    </message>
    <message>
        <source>Exactly one of {keys} is needed, but {count} are given.</source>
        <translation>{keys} 中恰好需要一个，但给出了 {count} 个。</translation>
    </message>
    <message>
        <source>Keep the one that is meant.</source>
        <translation>保留真正需要的那个。</translation>
    </message>
    <message>
        <source>Token id {id} (number {index}) is outside the vocabulary of {size}.</source>
        <translation>词元编号 {id}（第 {index} 个）超出大小为 {size} 的词表。</translation>
    </message>
    <message>
        <source>Check that the ids were made with this model&apos;s tokenizer.</source>
        <translation>检查这些编号是否由该模型的分词器生成。</translation>
    </message>
    <message>
        <source>The number of alternatives must lie between 0 and the vocabulary of {size}, not {top}.</source>
        <translation>候选数必须在 0 到词表大小 {size} 之间，不能是 {top}。</translation>
    </message>
    <message>
        <source>Choose a smaller number.</source>
        <translation>选择更小的数。</translation>
    </message>
    <message>
        <source>Base and tuned model have different tokenizers, and the prompt comes out as different text for them.</source>
        <translation>基座模型和微调模型的分词器不同，提示对它们来说成了不同的文本。</translation>
    </message>
    <message>
        <source>Name one template for both with --template, or compare without one.</source>
        <translation>用 --template 为两者指明同一个模板，或不用模板比较。</translation>
    </message>
    <message>
        <source>The sample holds no answer that both models could be made to read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare the tuned or the base model&apos;s own answer instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} holds the results of something else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name another file: results of different models or settings are never mixed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{base} and {tuned} have different tokenizers, so their tokens cannot be compared.</source>
        <translation>{base} 和 {tuned} 的分词器不同，无法比较它们的词元。</translation>
    </message>
    <message>
        <source>Choose a tuned model that was trained from this base, or use compare, which aligns by bytes.</source>
        <translation>选择由该基座训练出的微调模型，或使用按字节对齐的 compare。</translation>
    </message>
    <message>
        <source>The first request of a session must be hello.</source>
        <translation>会话的第一个请求必须是 hello。</translation>
    </message>
    <message>
        <source>Send hello, then try again.</source>
        <translation>发送 hello，然后重试。</translation>
    </message>
    <message>
        <source>This engine speaks protocol version {own}, but version {asked} was asked for.</source>
        <translation>该引擎使用协议版本 {own}，而请求的是版本 {asked}。</translation>
    </message>
    <message>
        <source>Use the window and the engine of the same release.</source>
        <translation>使用同一版本的窗口和引擎。</translation>
    </message>
    <message>
        <source>A line of more than {limit} bytes came in.</source>
        <translation>收到一行超过 {limit} 字节的内容。</translation>
    </message>
    <message>
        <source>Send less in one request, for example a shorter text.</source>
        <translation>减少单次请求的内容，例如用更短的文本。</translation>
    </message>
    <message>
        <source>The answer would have {size} bytes; a line holds {limit}.</source>
        <translation>答复将有 {size} 字节；一行最多 {limit} 字节。</translation>
    </message>
    <message>
        <source>Ask for less: a shorter text, or fewer alternatives.</source>
        <translation>减少请求内容：更短的文本，或更少的候选。</translation>
    </message>
    <message>
        <source>This is not a JSON-RPC 2.0 request: {reason}.</source>
        <translation>这不是 JSON-RPC 2.0 请求：{reason}。</translation>
    </message>
    <message>
        <source>See docs/protocol.md.</source>
        <translation>参见 docs/protocol.md。</translation>
    </message>
    <message>
        <source>There is no method {method}.</source>
        <translation>没有方法 {method}。</translation>
    </message>
    <message>
        <source>See docs/protocol.md; a newer window may need a newer engine.</source>
        <translation>参见 docs/protocol.md；较新的窗口可能需要较新的引擎。</translation>
    </message>
    <message>
        <source>No model is loaded as {model}.</source>
        <translation>没有以 {model} 加载的模型。</translation>
    </message>
    <message>
        <source>Load it first with model.load.</source>
        <translation>先用 model.load 加载。</translation>
    </message>
    <message>
        <source>A request with the id {id} is still being answered.</source>
        <translation>编号为 {id} 的请求仍在处理中。</translation>
    </message>
    <message>
        <source>Use another id.</source>
        <translation>换一个编号。</translation>
    </message>
    <message>
        <source>{path} is not a model folder.</source>
        <translation>{path} 不是模型文件夹。</translation>
    </message>
    <message>
        <source>Name a folder that holds config.json and model.safetensors.</source>
        <translation>指明包含 config.json 和 model.safetensors 的文件夹。</translation>
    </message>
    <message>
        <source>The model family &quot;{name}&quot; is not supported. Supported: {known}.</source>
        <translation>不支持模型家族 “{name}”。支持：{known}。</translation>
    </message>
    <message>
        <source>Choose a model of a supported family.</source>
        <translation>选择受支持家族的模型。</translation>
    </message>
    <message>
        <source>{what} is not supported; supported: {supported}.</source>
        <translation>不支持 {what}；支持：{supported}。</translation>
    </message>
    <message>
        <source>Choose or convert to a model without it.</source>
        <translation>选择或转换为没有该特性的模型。</translation>
    </message>
    <message>
        <source>{path} does not fit its config.json: {count} tensors are wrong.</source>
        <translation>{path} 与其 config.json 不符：{count} 个张量有误。</translation>
    </message>
    <message>
        <source>Check that both files belong to the same model and were copied whole.</source>
        <translation>检查两个文件是否属于同一模型，且复制完整。</translation>
    </message>
    <message>
        <source>{name} {shape} is missing.</source>
        <translation>缺少 {name} {shape}。</translation>
    </message>
    <message>
        <source>Check that the file was copied whole.</source>
        <translation>检查文件是否复制完整。</translation>
    </message>
    <message>
        <source>{name} has shape {found}, config.json asks for {expected}.</source>
        <translation>{name} 的形状是 {found}，config.json 要求 {expected}。</translation>
    </message>
    <message>
        <source>Check that both files belong to the same model.</source>
        <translation>检查两个文件是否属于同一模型。</translation>
    </message>
    <message>
        <source>{name} has type {type}; F32, F16 and BF16 can be read.</source>
        <translation>{name} 的类型是 {type}；可读取 F32、F16 和 BF16。</translation>
    </message>
    <message>
        <source>Convert the model to one of these types.</source>
        <translation>把模型转换为其中一种类型。</translation>
    </message>
    <message>
        <source>{name} is not part of this model.</source>
        <translation>{name} 不属于该模型。</translation>
    </message>
    <message>
        <source>The tokenizer has {tokenizer} pieces, but the model&apos;s vocabulary has only {model} rows.</source>
        <translation>分词器有 {tokenizer} 个词元，而模型词表只有 {model} 行。</translation>
    </message>
    <message>
        <source>Use the tokenizer that the model was trained with.</source>
        <translation>使用训练该模型时的分词器。</translation>
    </message>
    <message>
        <source>Token {id} is outside the vocabulary of {size}.</source>
        <translation>词元 {id} 超出大小为 {size} 的词表。</translation>
    </message>
    <message>
        <source>The text has {tokens} tokens, but the model was made for at most {limit}.</source>
        <translation>文本有 {tokens} 个词元，而模型最多支持 {limit} 个。</translation>
    </message>
    <message>
        <source>Shorten the text, or choose a model with a longer context.</source>
        <translation>缩短文本，或选择上下文更长的模型。</translation>
    </message>
    <message>
        <source>There is no token to start from.</source>
        <translation>没有可以开始的词元。</translation>
    </message>
    <message>
        <source>Give at least one token or some text.</source>
        <translation>至少给出一个词元或一些文本。</translation>
    </message>
    <message>
        <source>{path} does not belong to this run.</source>
        <translation>{path} 不属于这次运行。</translation>
    </message>
    <message>
        <source>Remove that checkpoint; the run continues from the one before it.</source>
        <translation>移除该检查点；运行会从前一个继续。</translation>
    </message>
    <message>
        <source>No token of this row is trained.</source>
        <translation>该行没有任何词元参与训练。</translation>
    </message>
    <message>
        <source>Check its answer, its weights, and whether the maximum length cuts the answer off.</source>
        <translation>检查它的答案、权重，以及最大长度是否截掉了答案。</translation>
    </message>
    <message>
        <source>{count} rows have no trained token after template and truncation:</source>
        <translation>{count} 行在套用模板和截断后没有可训练的词元：</translation>
    </message>
    <message>
        <source>Mend or remove them, or set data.empty_rows to &quot;skip&quot;.</source>
        <translation>修正或移除它们，或把 data.empty_rows 设为 “skip”。</translation>
    </message>
    <message>
        <source>data.max_length is {length}, but the model was made for at most {limit} positions.</source>
        <translation>data.max_length 是 {length}，而模型最多支持 {limit} 个位置。</translation>
    </message>
    <message>
        <source>Set data.max_length to {limit} or less.</source>
        <translation>把 data.max_length 设为 {limit} 或更小。</translation>
    </message>
    <message>
        <source>No row is left to train on.</source>
        <translation>没有剩下可训练的行。</translation>
    </message>
    <message>
        <source>Check the data source, its filter and data.max_length.</source>
        <translation>检查数据来源、筛选条件和 data.max_length。</translation>
    </message>
    <message>
        <source>These rows are conversations, but the run has no chat template.</source>
        <translation>这些行是对话，但运行没有对话模板。</translation>
    </message>
    <message>
        <source>Set chat_template to chatml, llama-2, alpaca or plain.</source>
        <translation>把 chat_template 设为 chatml、llama-2、alpaca 或 plain。</translation>
    </message>
    <message>
        <source>These rows are text, but the model has no tokenizer.</source>
        <translation>这些行是文本，但模型没有分词器。</translation>
    </message>
    <message>
        <source>Name a folder with tokenizer.model in model.tokenizer, or train on tokenised data.</source>
        <translation>在 model.tokenizer 中指明包含 tokenizer.model 的文件夹，或用已分词的数据训练。</translation>
    </message>
    <message>
        <source>The loss or the gradient of step {step} is not a finite number.</source>
        <translation>第 {step} 步的损失或梯度不是有限数。</translation>
    </message>
    <message>
        <source>Look at the samples of that step in samples.jsonl; a lower learning rate often helps. on_nan &quot;skip&quot; leaves such steps out and counts them.</source>
        <translation>在 samples.jsonl 中查看该步的样本；降低学习率往往有用。on_nan 设为 “skip” 会跳过这样的步并计数。</translation>
    </message>
    <message>
        <source>This row has {tokens} tokens.</source>
        <translation>该行有 {tokens} 个词元。</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>缩短它。</translation>
    </message>
    <message>
        <source>{count} rows are longer than data.max_length ({limit}):</source>
        <translation>{count} 行比 data.max_length（{limit}）更长：</translation>
    </message>
    <message>
        <source>Raise data.max_length, or set data.overlong to &quot;truncate&quot; or &quot;drop&quot;.</source>
        <translation>提高 data.max_length，或把 data.overlong 设为 “truncate” 或 “drop”。</translation>
    </message>
    <message>
        <source>{path} is not a whole safetensors file: {reason}.</source>
        <translation>{path} 不是完整的 safetensors 文件：{reason}。</translation>
    </message>
    <message>
        <source>Copy or download the file again.</source>
        <translation>重新复制或下载该文件。</translation>
    </message>
    <message>
        <source>No engine command is set.</source>
        <translation>没有设置引擎命令。</translation>
    </message>
    <message>
        <source>Set one in the preferences, or start the window with --engine COMMAND.</source>
        <translation>在偏好设置中设置，或用 --engine COMMAND 启动窗口。</translation>
    </message>
    <message>
        <source>The engine cannot be started: {command}: {reason}.</source>
        <translation>无法启动引擎：{command}：{reason}。</translation>
    </message>
    <message>
        <source>Check the engine command, or install the package assay-engine.</source>
        <translation>检查引擎命令，或安装软件包 assay-engine。</translation>
    </message>
    <message>
        <source>The engine has ended ({reason}). Nothing that was saved is lost.</source>
        <translation>引擎已结束（{reason}）。已保存的内容没有丢失。</translation>
    </message>
    <message>
        <source>Restart the engine; if it ends again, read what it wrote last.</source>
        <translation>重启引擎；如果再次结束，请看它最后写了什么。</translation>
    </message>
    <message>
        <source>{line}</source>
        <translation>{line}</translation>
    </message>
    <message>
        <source>This is what the engine wrote last.</source>
        <translation>这是引擎最后写的内容。</translation>
    </message>
    <message>
        <source>The engine does not answer.</source>
        <translation>引擎没有回应。</translation>
    </message>
    <message>
        <source>Check the engine command; through ssh, check that a login needs no password.</source>
        <translation>检查引擎命令；通过 ssh 时，检查登录是否不需要密码。</translation>
    </message>
    <message>
        <source>The engine speaks protocol version {found}, this window version {expected}.</source>
        <translation>引擎使用协议版本 {found}，本窗口使用版本 {expected}。</translation>
    </message>
    <message>
        <source>Install the same version of assay and of assay-engine on both machines.</source>
        <translation>在两台机器上安装同一版本的 assay 和 assay-engine。</translation>
    </message>
    <message>
        <source>The engine sent a line that is not a message: {line}</source>
        <translation>引擎发来一行不是消息的内容：{line}</translation>
    </message>
    <message>
        <source>Check that the engine command prints nothing of its own, then restart the engine.</source>
        <translation>检查引擎命令自己不打印任何内容，然后重启引擎。</translation>
    </message>
    <message>
        <source>The engine refused the request: {reason}</source>
        <translation>引擎拒绝了请求：{reason}</translation>
    </message>
    <message>
        <source>Restart the engine and try again.</source>
        <translation>重启引擎后重试。</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>引擎没有运行。</translation>
    </message>
    <message>
        <source>Start the engine.</source>
        <translation>启动引擎。</translation>
    </message>
    <message>
        <source>This text is too long to send to the engine at once ({bytes} bytes).</source>
        <translation>该文本太长，无法一次发送给引擎（{bytes} 字节）。</translation>
    </message>
    <message>
        <source>Choose a shorter sample.</source>
        <translation>选择更短的样本。</translation>
    </message>
    <message>
        <source>The tokenizer could not be trained: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a smaller vocabulary, or give it more text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine&apos;s answer about this text cannot be used: {reason}.</source>
        <translation>引擎对该文本的答复无法使用：{reason}。</translation>
    </message>
    <message>
        <source>Restart the engine; check that window and engine have the same version.</source>
        <translation>重启引擎；检查窗口和引擎是否为同一版本。</translation>
    </message>
    <message>
        <source>The table has {count} rows, which is too long to save at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use Export in the data panel, which shows its progress and can be stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开项目。</translation>
    </message>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开项目。</translation>
    </message>
    <message>
        <source>The demo could not be made: {reason}.</source>
        <translation>无法生成演示：{reason}。</translation>
    </message>
    <message>
        <source>Run `assay-cli demo --out FOLDER` in a terminal to see everything that it says.</source>
        <translation>在终端运行 `assay-cli demo --out FOLDER`，查看它输出的全部内容。</translation>
    </message>
    <message>
        <source>{path} is neither a project, a model, a trainer&apos;s log nor a file.</source>
        <translation>{path} 既不是项目、模型、训练日志，也不是文件。</translation>
    </message>
    <message>
        <source>Drop the folder that holds project.db, config.json or the log itself.</source>
        <translation>拖入包含 project.db、config.json 或日志本身的文件夹。</translation>
    </message>
    <message>
        <source>{path} holds no samples to measure with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a project for it with: assay-cli bench-project PROJECT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {name} cannot be taken: the panel or its sample is not there.</source>
        <translation>无法拍摄图片 {name}：面板或其样本不存在。</translation>
    </message>
    <message>
        <source>Run ./dev shots, which makes the project that the pictures are of.</source>
        <translation>运行 ./dev shots，它会生成图片所用的项目。</translation>
    </message>
    <message>
        <source>The picture cannot be saved as {path}.</source>
        <translation>无法把图片保存为 {path}。</translation>
    </message>
    <message>
        <source>Choose a folder that exists and a name that ends in .png.</source>
        <translation>选择已存在的文件夹，以及以 .png 结尾的名称。</translation>
    </message>
    <message>
        <source>A picture cannot be saved as {path}.</source>
        <translation>无法把图片保存为 {path}。</translation>
    </message>
    <message>
        <source>Choose a name that ends in .png or .svg.</source>
        <translation>选择以 .png 或 .svg 结尾的名称。</translation>
    </message>
    <message>
        <source>There is nothing to draw into {path}.</source>
        <translation>{path} 中没有可绘制的内容。</translation>
    </message>
    <message>
        <source>Make the view larger, then save it again.</source>
        <translation>放大视图，然后再次保存。</translation>
    </message>
</context>
<context>
    <name>findings</name>
    <message>
        <source>The loss is not a number at step {step} ({count} of {points} points are not).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a recorded NaN or infinity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the samples of that step, then lower the learning rate or raise the warm-up; nothing learnt after it counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gradient norm is not a number at step {step} ({count} of {points} points).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A few at the start of 16-bit training are steps that were skipped; more mean overflow: use bf16 or a lower learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The evaluation loss is not a number at step {step} ({count} of {points} evaluations).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the held-out rows have trained tokens after truncation: a mean over no tokens is NaN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss is 0 from step {step} on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>three points in a row at most 1e-6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the labels are not all masked (the label preview shows them); else 16-bit overflow or the attention kernel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first loss {loss} is that of guessing: ln of {vocabulary} entries is {guessing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>within 0.35 nats of the logarithm of the vocabulary&apos;s size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right for training from nothing. For a trained model the head or the weights are not those it was trained with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first loss is {loss} (step {step}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heuristic: {limit} nats or more, for a model that was trained before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual causes: another chat template than the model knows, untrained tokens, a sum in place of a mean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss jumps to {loss} at step {step}, {factor} times the median of the {window} points before ({median}), and is back after {points} points. Such jumps: {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heuristic: twice the median of the points before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the samples of that step; one bad sample does this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss jumps to {loss} at step {step}, {factor} times the median of the {window} points before ({median}), and does not come back. Such jumps: {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heuristic: twice the median of the points before, never within a fifth of it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to the checkpoint before it, leave out the rows of that step, lower the learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss was {least} at step {step} and ends at {end}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of the last ten points above {factor} times the lowest mean of ten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the checkpoint nearest to that step; lower the learning rate or raise the warm-up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss does not fall: {first} at the beginning, {last} at the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>means of the first and last {window} points, less than 2 % apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the learning rate and which tokens are trained; then try 2 to 5 times the rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss stays near {last} from step {step} on (there {middle}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heuristic: the second half changes it by less than {share}, above 1 nat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try 2 to 5 times the learning rate; check masks and weight decay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training loss ends at {loss}: the rows are nearly known by heart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heuristic: mean of the last {window} points below {limit} nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge on held-out rows and paraphrases; fewer epochs or a lower rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss steps down where an epoch begins: from {before} to {after} at step {step}, epoch {epoch} ({steps} of {boundaries} boundaries). These rows have been seen before: this is memorising, not a fault.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{window} points on each side; the drop {drop} is above 5 %, above three standard errors, and above the trend inside the epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge on the evaluation loss; fewer epochs or a lower rate if that rises.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation was best at step {step} ({best}) and ends at {last}, while the training loss goes on falling ({train_then} to {train_now}): over-fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} evaluations; the last at least 2 % and 0.01 nats above the lowest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the checkpoint nearest to that step; fewer epochs, a lower rate or a smaller rank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation was best at step {step} ({best}) and ends at {last}; the training loss does not fall either.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the checkpoint nearest to that step; lower the learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held out, {set} was best at step {step} ({best}) and ends at {last}; {rising} of {sets} sets get worse.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the last evaluation at least 10 % and 0.05 nats above the lowest; three evaluations or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the training does not hold is being forgotten: mix in rows of that kind, or use an earlier checkpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation and training loss are the same number at {same} of {count} evaluations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>equal to one part in a million at the same step, at least half of the evaluations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The held-out set is the training set, or one number was logged twice: check the script.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The learning rate is 0 throughout: nothing is learnt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no value above 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check schedule and learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The learning rate starts at {first} (step {step}; its largest is {largest}): there is no warm-up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the first logged rate is at least 90 % of the largest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A few percent of the steps as warm-up prevent an early jump of the loss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gradient norm is {value} at all {points} points.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every value equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A norm that never moves was not measured, or the gradients are not real: check the trainer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gradient norm is above {limit} at {count} of {points} points (most: {most} at step {step}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heuristic: 0.1 to 10 is usual, above 100 unstable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower the learning rate or look at the rows of those steps; clipping hides it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{channel} gets worse: {first} in the first third, {last} in the last, while the whole falls ({total_first} to {total_last}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>means of thirds of {points} points; more than three standard errors and 2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other channels overwrite it: give it more weight or more rows, or leave the others less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{channel} does not fall: {first} in the first third, {last} in the last, while the whole falls ({total_first} to {total_last}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>means of thirds of {points} points; less than 2 % apart, above 0.5 nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too few rows, or too hard for a model of this size: look at its rows with the highest loss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log goes back to step {step}: {count} points stand for steps that were done twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a step below one logged before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was resumed from an older checkpoint; curves by time show both passes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log ends at step {step} of {total}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the last step is below 98 % of the plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was stopped, or this is a copy made while it ran.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>parameters</name>
    <message>
        <source>Format version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version of this file&apos;s format. The program refuses one that it does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;sft&quot; teaches a model to answer: the loss is taken on the answers of conversations. &quot;pretrain&quot; learns plain text: the loss is taken on every token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sft, pretrain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What people call this run; it changes nothing else. Empty: made of the kind and the time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the weights come from: a model folder (path), or a random start (shape and tokenizer).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Hugging Face folder with config.json and model.safetensors to start from. Empty for a random start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape of a new model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of a Llama-style model that starts from random weights; null when model.path is given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>null, or all of the keys inside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of the vectors that pass from layer to layer, in numbers a token. Parameters and time grow with its square. A multiple of heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>64-512 for experiments on a CPU; 2048-8192 in large models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feed-forward size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width inside the feed-forward block of each layer, in numbers a token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8/3 of hidden_size, rounded up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many blocks follow one another. Parameters and time grow in proportion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2-12 for experiments on a CPU; 16-80 in large models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Into how many heads the attention is split; each is hidden_size / heads wide, which must be even.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heads of 32-128 numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key/value heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heads that hold keys and values. Fewer than heads saves cache memory: groups of heads then share one (grouped-query attention). Must divide heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heads, or heads / 2 to heads / 8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most tokens the model may ever see in one sequence; data.max_length may not be larger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>256-4096 for experiments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether input and output share one table of token vectors. Saves vocabulary x hidden_size parameters, which is most of a small model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true for small models, false for large ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotary base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base of the rotary position angles. A larger one tells distant positions apart better in long contexts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>10000; 500000 for long contexts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added under the root in RMS normalisation, against division by zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1e-6 to 1e-5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initial spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard deviation of the normal distribution from which random weights are drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0.02</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokenizer of a new model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder with tokenizer.model for a random start; the trained model&apos;s folder gets a copy. Empty when model.path is given, whose own tokenizer is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is learnt from. Exactly one of project, files and tokenized is given. The rows are copied into the job folder, so that the run can be repeated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A project folder (NAME.assay) whose samples are learnt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which samples of the project: the name of a saved view, or a filter as JSON text such as {&quot;channels&quot;:[&quot;capitals&quot;]}. Samples that were rejected are left out unless the view asks for them. Empty takes all others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty, a name, or a filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data files in any format that can be imported (Alpaca, ShareGPT, OpenAI messages, CSV, TSV); for pre-training plain text, where an empty line ends a document, or rows with a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokenised file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A JSONL file whose lines are {&quot;ids&quot;:[..],&quot;labels&quot;:[..]}, labels -100 where nothing is to be learnt. Without labels every token is learnt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held-out part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that are kept apart for evaluation and never trained: below 1 a share of all rows, from 1 on a number of rows. 0: no evaluation loss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0.01-0.1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;shuffle&quot; mixes the rows anew for every epoch, by the seed; &quot;file&quot; keeps their order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shuffle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest sequence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most tokens of one row, template included. Longer rows are treated as overlong says. Memory and time grow with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least the 99th percentile of the rows&apos; lengths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlong rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens to rows above max_length: &quot;truncate&quot; cuts their end (counted, with the answer tokens lost), &quot;drop&quot; leaves them out (counted), &quot;raise&quot; ends the run with the rows&apos; ids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>truncate, drop, raise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts several short rows into one sequence, each blind to the others and with positions of its own, so that no time goes into padding. The result is the same as without; steps become fewer and larger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn prompts too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the loss on every token of a conversation, not only on the answers. Teaches the model to write questions as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows without answer tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens to rows in which no token is left to learn after template and truncation: &quot;raise&quot; ends the run with the rows&apos; ids, &quot;skip&quot; leaves them out, counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How messages become text. Training, chat and scoring must use the same one, so it is stored with the trained model. Empty takes the one stored with the model folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chatml, llama-2, alpaca, plain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AdamW: how a gradient becomes a change of the weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of a step at its highest. The most important number: too high and the loss jumps or turns to NaN, too low and nothing is learnt in the time given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1e-5 to 5e-5 to fine-tune all weights up to 13B parameters; 1e-4 to 3e-3 for models of a few million or from random weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the rate goes on after the warm-up: &quot;constant&quot; stays, &quot;linear&quot; and &quot;cosine&quot; fall to min_learning_rate_ratio at the last step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cosine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of all steps over which the rate rises from 0, while the optimiser&apos;s averages settle. Ignored when warmup_steps is 0 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0.03-0.1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as a number of steps; -1 lets warmup_ratio decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>-1, or 10-2000</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Final rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The schedule ends at this share of learning_rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 to 0.1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How slowly the average of gradients forgets; closer to 1 is slower.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0.9</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How slowly the average of squared gradients forgets. Lower reacts faster to a sudden change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0.95-0.999</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to the divisor of a step, against division by zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1e-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls weights towards zero at every step, in proportion to the rate. Only on matrices; norms and biases are left alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0-0.1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradients whose norm over all parameters is larger are scaled down to it, so that one bad batch does not undo the training. 0: no clipping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1.0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount of training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long is trained, and how much goes into one step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often every row is seen; may be a fraction. More memorise rather than teach: the training loss falls in steps at each epoch&apos;s start while the evaluation loss turns up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1-3 for fine-tuning; up to 4 passes over the same text in pre-training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends after so many steps in place of epochs; -1 lets epochs decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>-1, or a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a micro-batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With packing: how many tokens are computed at once. Decides the memory; at least data.max_length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1024-8192 on a CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows a micro-batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without packing: how many rows are computed at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1-16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many micro-batches make one step. The loss is divided by the trained tokens of the whole step, so a step is the same however it is split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>so that a step has 32-128 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is measured while training, on rows that are never trained.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every so many steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluates after so many steps; 0: at each epoch&apos;s end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0, or 50-500</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many held-out prompts are answered, greedily, at each evaluation, to be read side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0-16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most tokens of one such answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>32-128</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixed training rows whose loss is taken before training and at each epoch&apos;s end, all with the same weights: the losses noted while training come from weights that move.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>32-256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends the run after so many evaluations in a row without a better evaluation loss; 0: never.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0, or 2-5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least improvement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By how much the evaluation loss must fall to count as better, in nats a token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0-0.01</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole states of the run, from which it goes on bit for bit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes a checkpoint after so many steps; 0: at each epoch&apos;s end. Work since the last one is lost when the machine fails.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0, or what takes 5-30 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept checkpoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of the newest are kept; the best by evaluation loss is kept besides. In fp32 each takes about 12 bytes a parameter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1-5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;f32&quot; computes in 32 bits; &quot;bf16&quot; computes in 16 bits with 32-bit master weights, faster where the processor has units for it. A spike that does not recover can come from bf16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>f32 for small models, bf16 for large ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start of all random choices: initial weights, order, held-out rows. The same seed, data, program, processor and thread count give the same run bit for bit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads to compute with; 0: all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On NaN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a loss or gradient that is NaN or infinite does: &quot;stop&quot; ends the run with the step named, &quot;skip&quot; leaves the step out, counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
