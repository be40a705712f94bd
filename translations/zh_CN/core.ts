<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>checks</name>
    <message>
        <source>Answer cut</source>
        <translation>答案被截断</translation>
    </message>
    <message>
        <source>the tokens after the template exceed the chosen length, so the end of the row is not learnt</source>
        <translation>套用模板后的词元超过所选长度，该行末尾学不到</translation>
    </message>
    <message>
        <source>Very short answer</source>
        <translation>答案过短</translation>
    </message>
    <message>
        <source>Exact duplicates</source>
        <translation>完全重复</translation>
    </message>
    <message>
        <source>same system prompt, question and answer after Unicode NFC and collapsed white space (128-bit hash); the rows of a group stand together</source>
        <translation>经 Unicode NFC 规范化并合并空白后，系统提示、提问和答案都相同（128 位哈希）；同组的行排在一起</translation>
    </message>
    <message>
        <source>Same question, different answers</source>
        <translation>提问相同，答案不同</translation>
    </message>
    <message>
        <source>same system prompt and question, another answer: to be reviewed, not removed; preference pairs are left out</source>
        <translation>系统提示和提问相同，答案不同：应审阅而非删除；偏好对不计在内</translation>
    </message>
    <message>
        <source>Empty question</source>
        <translation>空提问</translation>
    </message>
    <message>
        <source>no user message, or one of only white space</source>
        <translation>没有用户消息，或用户消息只有空白</translation>
    </message>
    <message>
        <source>Empty answer</source>
        <translation>空答案</translation>
    </message>
    <message>
        <source>no assistant message, or one without words and without a tool call</source>
        <translation>没有助手消息，或助手消息既无文字也无工具调用</translation>
    </message>
    <message>
        <source>Roles out of order</source>
        <translation>角色顺序错误</translation>
    </message>
    <message>
        <source>system only first, then user and assistant in turn, the assistant last; tool results directly after the call</source>
        <translation>系统消息只能在开头，随后用户与助手交替，助手在最后；工具结果须紧跟调用</translation>
    </message>
    <message>
        <source>Tool result without a call</source>
        <translation>工具结果没有对应调用</translation>
    </message>
    <message>
        <source>a tool message that follows no tool call</source>
        <translation>工具消息之前没有工具调用</translation>
    </message>
    <message>
        <source>Tool call id missing or unknown</source>
        <translation>工具调用 id 缺失或未知</translation>
    </message>
    <message>
        <source>a tool message whose tool_call_id is empty or names no earlier call</source>
        <translation>工具消息的 tool_call_id 为空，或不对应此前的任何调用</translation>
    </message>
    <message>
        <source>Tool arguments are not JSON</source>
        <translation>工具参数不是 JSON</translation>
    </message>
    <message>
        <source>the arguments of a tool call cannot be read as JSON</source>
        <translation>工具调用的参数无法按 JSON 读取</translation>
    </message>
    <message>
        <source>Chosen equals rejected</source>
        <translation>选中与被拒的答案相同</translation>
    </message>
    <message>
        <source>both answers of a preference pair are the same after collapsed white space</source>
        <translation>偏好对的两个答案合并空白后相同</translation>
    </message>
    <message>
        <source>Broken characters</source>
        <translation>损坏的字符</translation>
    </message>
    <message>
        <source>U+FFFD, which stands where bytes could not be read</source>
        <translation>U+FFFD，出现在字节无法读取之处</translation>
    </message>
    <message>
        <source>Wrongly decoded text</source>
        <translation>解码错误的文本</translation>
    </message>
    <message>
        <source>two or more places where UTF-8 was read as Latin-1, such as Ã© or â€™</source>
        <translation>有两处或更多把 UTF-8 当作 Latin-1 读取，例如 Ã© 或 â€™</translation>
    </message>
    <message>
        <source>Control characters</source>
        <translation>控制字符</translation>
    </message>
    <message>
        <source>characters below U+0020 other than tab and line breaks, or U+007F</source>
        <translation>U+0020 以下除制表符和换行符外的字符，或 U+007F</translation>
    </message>
    <message>
        <source>Few letters and digits</source>
        <translation>字母和数字过少</translation>
    </message>
    <message>
        <source>letters and digits are less than 0.25 of the answer&apos;s characters (Data-Juicer)</source>
        <translation>字母和数字不足答案字符的 0.25（Data-Juicer）</translation>
    </message>
    <message>
        <source>Many special characters</source>
        <translation>特殊字符过多</translation>
    </message>
    <message>
        <source>more than 0.25 of the answer&apos;s characters are neither letter, digit nor white space; not for code (Data-Juicer, NeMo)</source>
        <translation>答案中超过 0.25 的字符既非字母、数字，也非空白；不用于代码（Data-Juicer、NeMo）</translation>
    </message>
    <message>
        <source>Repeated characters</source>
        <translation>重复的字符</translation>
    </message>
    <message>
        <source>10-character pieces that occur again among the most frequent ones make up more than 0.5 of the answer (Data-Juicer)</source>
        <translation>最高频的 10 字符片段中，重复出现的部分占答案的 0.5 以上（Data-Juicer）</translation>
    </message>
    <message>
        <source>Repeated words</source>
        <translation>重复的词</translation>
    </message>
    <message>
        <source>more than 0.5 of the answer&apos;s 10-word pieces occur more than once (Data-Juicer)</source>
        <translation>答案的 10 词片段中，出现不止一次的超过 0.5（Data-Juicer）</translation>
    </message>
    <message>
        <source>One phrase over and over</source>
        <translation>同一短语反复出现</translation>
    </message>
    <message>
        <source>the most frequent 2, 3 or 4 words hold more than 0.20, 0.18 or 0.16 of the characters; from 50 words on (Gopher)</source>
        <translation>最高频的 2、3 或 4 词短语占字符数的 0.20、0.18 或 0.16 以上；满 50 词才检查（Gopher）</translation>
    </message>
    <message>
        <source>Repeated phrases</source>
        <translation>重复的短语</translation>
    </message>
    <message>
        <source>repeated 5 to 10 words hold more than 0.15, 0.14, 0.13, 0.12, 0.11 or 0.10 of the characters; from 50 words on (Gopher)</source>
        <translation>重复的 5 至 10 词短语占字符数的 0.15、0.14、0.13、0.12、0.11 或 0.10 以上；满 50 词才检查（Gopher）</translation>
    </message>
    <message>
        <source>Repeated lines</source>
        <translation>重复的行</translation>
    </message>
    <message>
        <source>lines that stood before hold more than 0.30 of the answer&apos;s lines, or more than 0.20 of its characters; not for code (datatrove)</source>
        <translation>前文已出现过的行占答案行数的 0.30 以上，或字符数的 0.20 以上；不用于代码（datatrove）</translation>
    </message>
    <message>
        <source>Repeated paragraphs</source>
        <translation>重复的段落</translation>
    </message>
    <message>
        <source>paragraphs that stood before hold more than 0.30 of the answer&apos;s paragraphs, or more than 0.20 of its characters (datatrove)</source>
        <translation>前文已出现过的段落占答案段落数的 0.30 以上，或字符数的 0.20 以上（datatrove）</translation>
    </message>
    <message>
        <source>Overlong word</source>
        <translation>超长的词</translation>
    </message>
    <message>
        <source>a word of more than 1000 characters (C4, NeMo)</source>
        <translation>有超过 1000 个字符的词（C4、NeMo）</translation>
    </message>
    <message>
        <source>Unusual word length</source>
        <translation>词长异常</translation>
    </message>
    <message>
        <source>mean word length outside 3 to 10 characters, from 10 words on; not for Chinese, Japanese and Korean (Gopher)</source>
        <translation>平均词长不在 3 至 10 个字符之间，满 10 词才检查；不用于中文、日文和韩文（Gopher）</translation>
    </message>
    <message>
        <source>Many links, digits or brackets</source>
        <translation>链接、数字或括号过多</translation>
    </message>
    <message>
        <source>links hold more than 0.2, digits more than 0.15 or round brackets more than 0.1 of the answer&apos;s characters (NeMo)</source>
        <translation>链接占答案字符的 0.2 以上，或数字占 0.15 以上，或圆括号占 0.1 以上（NeMo）</translation>
    </message>
    <message>
        <source>Boilerplate</source>
        <translation>套话</translation>
    </message>
    <message>
        <source>an answer that opens with a refusal, says “as an AI” or holds lorem ipsum; the list of phrases is ours</source>
        <translation>答案以拒绝开头，或含有“as an AI”或 lorem ipsum；短语表由我们自行编定</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>电子邮件地址</translation>
    </message>
    <message>
        <source>text of the form name@host.domain</source>
        <translation>形如 name@host.domain 的文本</translation>
    </message>
    <message>
        <source>Public IP address</source>
        <translation>公网 IP 地址</translation>
    </message>
    <message>
        <source>an IPv4 address outside the private, loopback and documentation ranges</source>
        <translation>不在私有、回环和文档保留范围内的 IPv4 地址</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>a private key block, or a token in the form of AWS, GitHub, Slack, Google or OpenAI keys</source>
        <translation>私钥块，或 AWS、GitHub、Slack、Google 或 OpenAI 密钥形式的令牌</translation>
    </message>
    <message>
        <source>all answers together have fewer than 10 characters or, where a model counts them, fewer than 10 tokens (Data-Juicer: text_length, token_num)</source>
        <translation>全部答案合计少于 10 个字符；由模型计数时，少于 10 个词元也算（Data-Juicer：text_length、token_num）</translation>
    </message>
    <message>
        <source>Near duplicates</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>at least 0.8 of the 5-character pieces in common with another row of the group (Jaccard; lower case, digits and white space collapsed, no system prompts); candidates by MinHash 16 × 8, and of exact duplicates one row takes part</source>
        <translation>与同组另一行共有至少 0.8 的 5 字符片段（Jaccard；小写，合并数字和空白，不含系统提示）；候选由 16 × 8 的 MinHash 给出，完全重复的行只取一行参与</translation>
    </message>
    <message>
        <source>Leak from held-out rows</source>
        <translation>留出行泄漏</translation>
    </message>
    <message>
        <source>12 words in a row (or Chinese, Japanese, Korean characters), or a shorter whole question of 3 words and more, that stand in a held-out row too (n-grams as datatrove&apos;s); the rows of a group stand together, the held-out one among them</source>
        <translation>有 12 个连续的词（中日韩文字按字计）也出现在某个留出行中，或 3 个词以上的较短提问整句相同（n 元组同 datatrove）；同组的行排在一起，留出行也在其中</translation>
    </message>
    <message>
        <source>Flagged words</source>
        <translation>敏感词</translation>
    </message>
    <message>
        <source>more than 0.045 of the words are in a list of swear words and slurs (Data-Juicer&apos;s threshold; the list is ours)</source>
        <translation>超过 0.045 的词属于脏话和侮辱性词语表（阈值来自 Data-Juicer；词表由我们编制）</translation>
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
        <source>Add its tokenizer.json or tokenizer.model to the folder, or work with token ids.</source>
        <translation>把它的 tokenizer.json 或 tokenizer.model 放入该文件夹，或直接使用词元 id。</translation>
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
        <translation>无法将 {path} 读作分词器：{reason}。</translation>
    </message>
    <message>
        <source>The tokenizer {path} needs {part}, which is not supported.</source>
        <translation>分词器 {path} 需要 {part}，目前不支持。</translation>
    </message>
    <message>
        <source>Supported are byte-level BPE, BPE with byte fallback and Unigram in tokenizer.json, tokenizer.model (SentencePiece), tiktoken files, and vocab.json with merges.txt.</source>
        <translation>支持的格式：tokenizer.json 中的字节级 BPE、带字节回退的 BPE 和 Unigram，tokenizer.model（SentencePiece），tiktoken 文件，以及 vocab.json 加 merges.txt。</translation>
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
        <translation>无法从对话模板 {template} 判断消息 {number} 训练哪些部分：{reason}。</translation>
    </message>
    <message>
        <source>Put {% generation %} and {% endgeneration %} around the answer in the template, give the message the weight 0, or choose another template.</source>
        <translation>在模板中用 {% generation %} 和 {% endgeneration %} 包住答案，或将该消息的权重设为 0，或换用其他模板。</translation>
    </message>
    <message>
        <source>The chat template {template} refuses this conversation: {reason}.</source>
        <translation>对话模板 {template} 不接受这段对话：{reason}。</translation>
    </message>
    <message>
        <source>Change the conversation, or choose another template.</source>
        <translation>请修改对话，或换用其他模板。</translation>
    </message>
    <message>
        <source>The chat template {template} fails at line {line}, column {column}: {reason}.</source>
        <translation>对话模板 {template} 在第 {line} 行第 {column} 列执行失败：{reason}。</translation>
    </message>
    <message>
        <source>Correct the template, or choose another one.</source>
        <translation>请改正模板，或换用其他模板。</translation>
    </message>
    <message>
        <source>The chat template {path} is wrong at line {line}, column {column}: {reason}.</source>
        <translation>对话模板 {path} 第 {line} 行第 {column} 列有错：{reason}。</translation>
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
        <translation>已有名为 {name} 的保存视图。</translation>
    </message>
    <message>
        <source>Choose another name, or delete that view first.</source>
        <translation>请换一个名称，或先删除该视图。</translation>
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
        <translation>此任务定义无法使用：{reason}。</translation>
    </message>
    <message>
        <source>Mend it and try again; the one in force is unchanged.</source>
        <translation>请改正后重试；当前生效的定义未变。</translation>
    </message>
    <message>
        <source>This project never had the guideline {hash}.</source>
        <translation>本项目从未有过规范 {hash}。</translation>
    </message>
    <message>
        <source>See the versions of the guideline for their hashes.</source>
        <translation>规范的各版本中列有其哈希。</translation>
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
        <translation>{path} 中的测量任务在第二步之前就结束了。</translation>
    </message>
    <message>
        <source>The data may hold fewer rows than one step takes; give it more, or make the steps smaller.</source>
        <translation>数据的行数可能不足一步所需；请增加数据，或减小每步的用量。</translation>
    </message>
    <message>
        <source>There is no row {row}; the data gives {count}.</source>
        <translation>没有第 {row} 行；数据共有 {count} 行。</translation>
    </message>
    <message>
        <source>Give a number below that.</source>
        <translation>请给出小于该数的编号。</translation>
    </message>
    <message>
        <source>{job} is not in the queue.</source>
        <translation>{job} 不在队列中。</translation>
    </message>
    <message>
        <source>Look at the queue with: assay-cli queue list FOLDER</source>
        <translation>查看队列：assay-cli queue list FOLDER</translation>
    </message>
    <message>
        <source>{job} is in the queue already.</source>
        <translation>{job} 已在队列中。</translation>
    </message>
    <message>
        <source>Move it instead of adding it again.</source>
        <translation>请移动它，不要重复添加。</translation>
    </message>
    <message>
        <source>The process of the job in {path} ended without a word.</source>
        <translation>{path} 中任务的进程结束了，未留下任何信息。</translation>
    </message>
    <message>
        <source>Look at the end of its log.txt; its memory may have run out. Continue it with: assay-cli run {path}</source>
        <translation>请查看其 log.txt 的末尾；可能是内存耗尽。继续运行：assay-cli run {path}</translation>
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
        <translation>该样本没有可供两个模型一同读取的答案。</translation>
    </message>
    <message>
        <source>Compare the tuned or the base model&apos;s own answer instead.</source>
        <translation>请改为比较微调模型或基座模型自己的答案。</translation>
    </message>
    <message>
        <source>{path} holds the results of something else.</source>
        <translation>{path} 中存放的是其他内容的结果。</translation>
    </message>
    <message>
        <source>Name another file: results of different models or settings are never mixed.</source>
        <translation>请指定另一个文件：不同模型或设置的结果绝不混存。</translation>
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
        <source>Name a folder with a tokenizer in model.tokenizer, or train on tokenised data.</source>
        <translation>在 model.tokenizer 中指定含分词器的文件夹，或用已分词的数据训练。</translation>
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
        <translation>引擎未运行。</translation>
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
        <translation>无法训练分词器：{reason}</translation>
    </message>
    <message>
        <source>Choose a smaller vocabulary, or give it more text.</source>
        <translation>请选择更小的词表，或提供更多文本。</translation>
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
        <translation>表格有 {count} 行，太长，无法一次保存。</translation>
    </message>
    <message>
        <source>Use Export in the data panel, which shows its progress and can be stopped.</source>
        <translation>请使用数据面板中的“导出”，它会显示进度并可中止。</translation>
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
        <translation>{path} 中没有可用于测量的样本。</translation>
    </message>
    <message>
        <source>Make a project for it with: assay-cli bench-project PROJECT</source>
        <translation>为其建立项目：assay-cli bench-project PROJECT</translation>
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
    <message>
        <source>The project folder {path} was moved, renamed or taken away.</source>
        <translation>项目文件夹 {path} 已被移动、重命名或移除。</translation>
    </message>
    <message>
        <source>Your decisions are safe. Open the project at its new place, so that runs and exports find it.</source>
        <translation>您的决定已安全保存。请在新位置打开该项目，以便运行和导出能找到它。</translation>
    </message>
    <message>
        <source>There is no grader of the kind {kind}.</source>
        <translation>没有 {kind} 这种评分器。</translation>
    </message>
    <message>
        <source>Use exact, aliases, regex, json_schema, choice, judge or person.</source>
        <translation>请使用 exact、aliases、regex、json_schema、choice、judge 或 person。</translation>
    </message>
    <message>
        <source>The expression {pattern} is wrong at character {character}: {reason}.</source>
        <translation>表达式 {pattern} 在第 {character} 个字符处有误：{reason}。</translation>
    </message>
    <message>
        <source>Mend the expression (PCRE2 syntax).</source>
        <translation>请改正表达式（PCRE2 语法）。</translation>
    </message>
    <message>
        <source>The JSON Schema keyword {keyword} is not supported.</source>
        <translation>不支持 JSON Schema 关键字 {keyword}。</translation>
    </message>
    <message>
        <source>docs/analysis.md lists the keywords; leave this one out or say it with those.</source>
        <translation>docs/analysis.md 列出了支持的关键字；请去掉此项，或用那些关键字表达。</translation>
    </message>
    <message>
        <source>{keyword} must be {expected}.</source>
        <translation>{keyword} 必须是 {expected}。</translation>
    </message>
    <message>
        <source>Mend the schema.</source>
        <translation>请改正 schema。</translation>
    </message>
    <message>
        <source>The schema refers to {reference}, which is not in the same document.</source>
        <translation>schema 引用了 {reference}，它不在同一文档中。</translation>
    </message>
    <message>
        <source>Use references such as #/$defs/name.</source>
        <translation>请使用 #/$defs/name 这样的引用。</translation>
    </message>
    <message>
        <source>Name a folder that holds config.json and model.safetensors (or its shards).</source>
        <translation>请指定含有 config.json 和 model.safetensors（或其分片）的文件夹。</translation>
    </message>
    <message>
        <source>{name} has type {type}, which holds no real numbers.</source>
        <translation>{name} 的类型为 {type}，其中没有实数。</translation>
    </message>
    <message>
        <source>{path} is not a whole {format} file: {reason}.</source>
        <translation>{path} 不是完整的 {format} 文件：{reason}。</translation>
    </message>
    <message>
        <source>{path} does not fit the files beside it: {count} problems.</source>
        <translation>{path} 与旁边的文件不相符：{count} 个问题。</translation>
    </message>
    <message>
        <source>Copy or download the model again; all its files belong together.</source>
        <translation>请重新复制或下载该模型；其所有文件属于一个整体。</translation>
    </message>
    <message>
        <source>{name} is not in {file}.</source>
        <translation>{file} 中没有 {name}。</translation>
    </message>
    <message>
        <source>{path} asks for {name}; only tensors and plain values are read, and nothing is run.</source>
        <translation>{path} 要求使用 {name}；这里只读取张量和普通值，不执行任何代码。</translation>
    </message>
    <message>
        <source>Save only the tensors with PyTorch (torch.save of model.state_dict()), or as safetensors.</source>
        <translation>请用 PyTorch 只保存张量（对 model.state_dict() 使用 torch.save），或保存为 safetensors。</translation>
    </message>
    <message>
        <source>{path} holds no weights that can be read.</source>
        <translation>{path} 中没有可读取的权重。</translation>
    </message>
    <message>
        <source>{path} is a GGUF file {version}; versions 2 and 3 are read.</source>
        <translation>{path} 是 {version} 的 GGUF 文件；可读取版本 2 和 3。</translation>
    </message>
    <message>
        <source>Convert it with a current llama.cpp, or take another copy of the model.</source>
        <translation>请用当前版本的 llama.cpp 转换，或改用该模型的其他副本。</translation>
    </message>
    <message>
        <source>{path} is not a file of weights that is known.</source>
        <translation>{path} 不是已知格式的权重文件。</translation>
    </message>
    <message>
        <source>Known are safetensors, PyTorch (.bin, .pt, .pth), GGUF and llama2.c (.bin).</source>
        <translation>已知的格式有 safetensors、PyTorch（.bin、.pt、.pth）、GGUF 和 llama2.c（.bin）。</translation>
    </message>
    <message>
        <source>{url} is not an address of a server.</source>
        <translation>{url} 不是服务器地址。</translation>
    </message>
    <message>
        <source>An address begins with http:// or https:// and has no name or password in it.</source>
        <translation>地址以 http:// 或 https:// 开头，且不含用户名和密码。</translation>
    </message>
    <message>
        <source>{host} cannot be reached: {reason}.</source>
        <translation>无法连接 {host}：{reason}。</translation>
    </message>
    <message>
        <source>Check the connection and the proxy, and start again; what was received is kept.</source>
        <translation>请检查网络和代理后重试；已接收的内容会保留。</translation>
    </message>
    <message>
        <source>The server&apos;s answer for {repository} cannot be used: {reason}.</source>
        <translation>服务器对 {repository} 的应答无法使用：{reason}。</translation>
    </message>
    <message>
        <source>Check HF_ENDPOINT, or try again later.</source>
        <translation>请检查 HF_ENDPOINT，或稍后重试。</translation>
    </message>
    <message>
        <source>{repository} is being downloaded by another program.</source>
        <translation>另一个程序正在下载 {repository}。</translation>
    </message>
    <message>
        <source>Wait until it has ended.</source>
        <translation>请等待其结束。</translation>
    </message>
    <message>
        <source>{name} of {repository} is not what its checksum says; it was thrown away.</source>
        <translation>{repository} 的 {name} 与校验和不符，已丢弃。</translation>
    </message>
    <message>
        <source>Start the download again; if it happens twice, the server&apos;s copy is damaged.</source>
        <translation>请重新下载；若再次发生，则服务器上的副本已损坏。</translation>
    </message>
    <message>
        <source>The server does not give {repository} to you.</source>
        <translation>服务器不允许您获取 {repository}。</translation>
    </message>
    <message>
        <source>Accept the model&apos;s terms on its page, and put a token into HF_TOKEN or HF_HOME/token.</source>
        <translation>请在模型页面接受其条款，并把令牌放入 HF_TOKEN 或 HF_HOME/token。</translation>
    </message>
    <message>
        <source>The server has no {repository} of this revision.</source>
        <translation>服务器上没有该版本的 {repository}。</translation>
    </message>
    <message>
        <source>Check the name (org/name) and the revision; a private model needs a token in HF_TOKEN.</source>
        <translation>请检查名称（组织/名称）和版本；私有模型需要 HF_TOKEN 中的令牌。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is not the name of a model or revision.</source>
        <translation>“{name}” 不是模型或版本的名称。</translation>
    </message>
    <message>
        <source>Name a model as org/name, for example Qwen/Qwen3-0.6B.</source>
        <translation>模型名称形如 组织/名称，例如 Qwen/Qwen3-0.6B。</translation>
    </message>
    <message>
        <source>{path} has {free} MB free, but {needed} MB are needed.</source>
        <translation>{path} 有 {free} MB 可用空间，但需要 {needed} MB。</translation>
    </message>
    <message>
        <source>Free some space, or choose another place with --to.</source>
        <translation>请腾出空间，或用 --to 选择其他位置。</translation>
    </message>
    <message>
        <source>{repository} has no file that fits. It has: {files}</source>
        <translation>{repository} 没有符合的文件。它包含：{files}</translation>
    </message>
    <message>
        <source>Choose files with --include, for example --include &apos;*.gguf&apos;.</source>
        <translation>请用 --include 选择文件，例如 --include &apos;*.gguf&apos;。</translation>
    </message>
    <message>
        <source>{path} is a model of the architecture &quot;{name}&quot;. Known: {known}.</source>
        <translation>{path} 的模型架构为 “{name}”。已知架构：{known}。</translation>
    </message>
    <message>
        <source>Take the model&apos;s Hugging Face folder, or a model of a known architecture.</source>
        <translation>请使用该模型的 Hugging Face 文件夹，或已知架构的模型。</translation>
    </message>
    <message>
        <source>{name} has no name in GGUF for the family {family}.</source>
        <translation>对于 {family} 系列，{name} 在 GGUF 中没有对应名称。</translation>
    </message>
    <message>
        <source>Convert to a Hugging Face folder, or leave that tensor out.</source>
        <translation>请转换为 Hugging Face 文件夹，或去掉该张量。</translation>
    </message>
    <message>
        <source>{path} says nothing of the model&apos;s shape.</source>
        <translation>{path} 没有说明模型的结构。</translation>
    </message>
    <message>
        <source>Put its config.json beside it.</source>
        <translation>请把它的 config.json 放在旁边。</translation>
    </message>
    <message>
        <source>{path} is not an adapter&apos;s folder.</source>
        <translation>{path} 不是适配器文件夹。</translation>
    </message>
    <message>
        <source>Name a folder that holds adapter_config.json and adapter_model.safetensors.</source>
        <translation>请指定含有 adapter_config.json 和 adapter_model.safetensors 的文件夹。</translation>
    </message>
    <message>
        <source>Adapters of the kind {name} are not supported; supported: {known}.</source>
        <translation>不支持 {name} 类型的适配器；支持的类型：{known}。</translation>
    </message>
    <message>
        <source>Merge the adapter into its model with the program that made it, and open the model.</source>
        <translation>请用生成该适配器的程序把它合并进模型，再打开模型。</translation>
    </message>
    <message>
        <source>LoRA with {name} is not supported.</source>
        <translation>不支持带 {name} 的 LoRA。</translation>
    </message>
    <message>
        <source>{path} does not fit its adapter_config.json: {count} tensors are wrong.</source>
        <translation>{path} 与其 adapter_config.json 不符：{count} 个张量有误。</translation>
    </message>
    <message>
        <source>Check that both files belong to the same adapter and were copied whole.</source>
        <translation>请检查两个文件属于同一适配器且复制完整。</translation>
    </message>
    <message>
        <source>{name} is no matrix, or the other half of its pair is missing.</source>
        <translation>{name} 不是矩阵，或缺少与其成对的另一半。</translation>
    </message>
    <message>
        <source>{name} has no lora_magnitude_vector, which DoRA needs.</source>
        <translation>{name} 缺少 DoRA 所需的 lora_magnitude_vector。</translation>
    </message>
    <message>
        <source>{name} is not part of a LoRA adapter.</source>
        <translation>{name} 不属于 LoRA 适配器。</translation>
    </message>
    <message>
        <source>Save the adapter again with a program that writes plain LoRA.</source>
        <translation>请用能写出普通 LoRA 的程序重新保存该适配器。</translation>
    </message>
    <message>
        <source>The model that the adapter {path} belongs to was not found (it names: {base}).</source>
        <translation>找不到适配器 {path} 所属的模型（它记录的是：{base}）。</translation>
    </message>
    <message>
        <source>Name the folder of its base model.</source>
        <translation>请指定其基座模型的文件夹。</translation>
    </message>
    <message>
        <source>{key} is {value}, which is no weight of a row.</source>
        <translation>{key} 为 {value}，不能作为样本权重。</translation>
    </message>
    <message>
        <source>Give a number from 0 on, or name another key in data.weight_key.</source>
        <translation>请给出不小于 0 的数，或在 data.weight_key 中改用别的键。</translation>
    </message>
    <message>
        <source>The model has no map {name}.</source>
        <translation>模型中没有映射 {name}。</translation>
    </message>
    <message>
        <source>Check that the adapter was made for this model.</source>
        <translation>请检查该适配器是否为此模型制作。</translation>
    </message>
    <message>
        <source>The adapter&apos;s targets name no map of the model; it has: {known}.</source>
        <translation>适配器的目标未命中模型的任何映射；模型中有：{known}。</translation>
    </message>
    <message>
        <source>Name some of these, or all-linear.</source>
        <translation>请从中指定一些，或用 all-linear。</translation>
    </message>
    <message>
        <source>{name} has another number of rows than the model&apos;s.</source>
        <translation>{name} 的行数与模型的不同。</translation>
    </message>
    <message>
        <source>{path} trained input and output embeddings apart, but the model has one table for both.</source>
        <translation>{path} 分别训练了输入与输出词嵌入，而模型的两者共用一张表。</translation>
    </message>
    <message>
        <source>Merge the adapter into the model first, and train on what comes out.</source>
        <translation>请先把适配器合并进模型，再在合并结果上训练。</translation>
    </message>
    <message>
        <source>Train on with the model that has as many rows.</source>
        <translation>请用行数相同的模型继续训练。</translation>
    </message>
    <message>
        <source>This row has no chosen and rejected answer.</source>
        <translation>该样本没有较好与较差的回答。</translation>
    </message>
    <message>
        <source>Choose a view of preference pairs, or train with kind &quot;sft&quot;.</source>
        <translation>请选择偏好数据的视图，或以类型“sft”训练。</translation>
    </message>
    <message>
        <source>Everything is kept as it is: nothing is left to learn.</source>
        <translation>全部内容都被冻结，没有可学习的部分。</translation>
    </message>
    <message>
        <source>Free a part of the model in freeze.</source>
        <translation>请在冻结设置中放开模型的一部分。</translation>
    </message>
    <message>
        <source>{key} names {name}, but no module of the model is called so.</source>
        <translation>{key} 指定了 {name}，但模型中没有这个名称的模块。</translation>
    </message>
    <message>
        <source>Use names as in the model&apos;s weights, or their ends: k_proj, mlp.up_proj, embed_tokens.</source>
        <translation>请使用模型权重中的名称或其结尾：k_proj、mlp.up_proj、embed_tokens。</translation>
    </message>
    <message>
        <source>&quot;{rule}&quot; is no rule of error onset.</source>
        <translation>“{rule}”不是错误起点的规则。</translation>
    </message>
    <message>
        <source>Use R0, R1, R2, R3 and R4.</source>
        <translation>请使用 R0、R1、R2、R3 和 R4。</translation>
    </message>
    <message>
        <source>No token of this model goes on with &quot;{text}&quot;.</source>
        <translation>此模型没有能以“{text}”接续的词元。</translation>
    </message>
    <message>
        <source>Take fewer tokens back, or force the text as it is.</source>
        <translation>请少退回几个词元，或按原样强制该文本。</translation>
    </message>
    <message>
        <source>There is no text to index.</source>
        <translation>没有可建立索引的文本。</translation>
    </message>
    <message>
        <source>Choose files that hold text, or import rows into the project first.</source>
        <translation>请选择含有文本的文件，或先把行导入项目。</translation>
    </message>
    <message>
        <source>An index holds at most 2 GiB of text and 2 billion tokens; this would be {bytes} bytes.</source>
        <translation>一个索引最多容纳 2 GiB 文本和 20 亿个词元；这里将有 {bytes} 字节。</translation>
    </message>
    <message>
        <source>Index the files one by one, each into an index of its own.</source>
        <translation>请逐个为文件建立索引，每个文件一个索引。</translation>
    </message>
    <message>
        <source>There is not enough memory for the index: {bytes} bytes more are needed.</source>
        <translation>内存不足以建立索引：还需要 {bytes} 字节。</translation>
    </message>
    <message>
        <source>Close other programs, or index the files one by one.</source>
        <translation>请关闭其他程序，或逐个为文件建立索引。</translation>
    </message>
    <message>
        <source>Name a model folder with tokenizer.json or tokenizer.model.</source>
        <translation>请指定含有 tokenizer.json 或 tokenizer.model 的模型文件夹。</translation>
    </message>
    <message>
        <source>{path} holds text only, no token ids.</source>
        <translation>{path} 只含文本，没有词元编号。</translation>
    </message>
    <message>
        <source>Build it again with --tokenizer, or ask with --text.</source>
        <translation>请用 --tokenizer 重新建立，或用 --text 查询。</translation>
    </message>
    <message>
        <source>{path} is no phrase index.</source>
        <translation>{path} 不是短语索引。</translation>
    </message>
    <message>
        <source>Name a file that corpus build has made.</source>
        <translation>请指定由 corpus build 建立的文件。</translation>
    </message>
    <message>
        <source>{path} has version {version}; this program reads version {own}.</source>
        <translation>{path} 的版本是 {version}；本程序读取版本 {own}。</translation>
    </message>
    <message>
        <source>Build the index again.</source>
        <translation>请重新建立索引。</translation>
    </message>
    <message>
        <source>{path} is damaged: {what}.</source>
        <translation>{path} 已损坏：{what}。</translation>
    </message>
    <message>
        <source>Name a model folder (model.safetensors, its index, or pytorch_model.bin), or a .safetensors, .bin, .pt, .pth or .gguf file.</source>
        <translation>请指定模型文件夹（model.safetensors、其索引或 pytorch_model.bin），或 .safetensors、.bin、.pt、.pth、.gguf 文件。</translation>
    </message>
</context>
<context>
    <name>findings</name>
    <message>
        <source>The loss is not a number at step {step} ({count} of {points} points are not).</source>
        <translation>损失在第 {step} 步不是数值（{points} 个点中有 {count} 个）。</translation>
    </message>
    <message>
        <source>a recorded NaN or infinity</source>
        <translation>记录到 NaN 或无穷大</translation>
    </message>
    <message>
        <source>Look at the samples of that step, then lower the learning rate or raise the warm-up; nothing learnt after it counts.</source>
        <translation>查看该步的样本，然后降低学习率或延长预热；此后学到的一切都不算数。</translation>
    </message>
    <message>
        <source>The gradient norm is not a number at step {step} ({count} of {points} points).</source>
        <translation>梯度范数在第 {step} 步不是数值（{points} 个点中有 {count} 个）。</translation>
    </message>
    <message>
        <source>A few at the start of 16-bit training are steps that were skipped; more mean overflow: use bf16 or a lower learning rate.</source>
        <translation>16 位训练开头出现几个，是被跳过的步；更多则是溢出：改用 bf16 或更低的学习率。</translation>
    </message>
    <message>
        <source>The evaluation loss is not a number at step {step} ({count} of {points} evaluations).</source>
        <translation>评估损失在第 {step} 步不是数值（{points} 次评估中有 {count} 次）。</translation>
    </message>
    <message>
        <source>Check that the held-out rows have trained tokens after truncation: a mean over no tokens is NaN.</source>
        <translation>检查留出的行在截断后是否还有参与训练的词元：对零个词元求平均得到 NaN。</translation>
    </message>
    <message>
        <source>The loss is 0 from step {step} on.</source>
        <translation>损失从第 {step} 步起为 0。</translation>
    </message>
    <message>
        <source>three points in a row at most 1e-6</source>
        <translation>连续三个点不超过 1e-6</translation>
    </message>
    <message>
        <source>Check that the labels are not all masked (the label preview shows them); else 16-bit overflow or the attention kernel.</source>
        <translation>检查标签是否全被掩码（可在标签预览中查看）；若不是，则为 16 位溢出或注意力内核的问题。</translation>
    </message>
    <message>
        <source>The first loss {loss} is that of guessing: ln of {vocabulary} entries is {guessing}.</source>
        <translation>首个损失 {loss} 等于随机猜测的损失：{vocabulary} 个条目的 ln 为 {guessing}。</translation>
    </message>
    <message>
        <source>within 0.35 nats of the logarithm of the vocabulary&apos;s size</source>
        <translation>与词表大小的对数相差不超过 0.35 nats</translation>
    </message>
    <message>
        <source>Right for training from nothing. For a trained model the head or the weights are not those it was trained with.</source>
        <translation>从零训练时属正常。若是已训练过的模型，则输出头或权重不是原先训练时的那套。</translation>
    </message>
    <message>
        <source>The first loss is {loss} (step {step}).</source>
        <translation>首个损失为 {loss}（第 {step} 步）。</translation>
    </message>
    <message>
        <source>heuristic: {limit} nats or more, for a model that was trained before</source>
        <translation>经验法则：对已训练过的模型，达到 {limit} nats 或以上</translation>
    </message>
    <message>
        <source>Usual causes: another chat template than the model knows, untrained tokens, a sum in place of a mean.</source>
        <translation>常见原因：对话模板与模型所学的不同、词元未经训练、用了总和而非平均值。</translation>
    </message>
    <message>
        <source>The loss jumps to {loss} at step {step}, {factor} times the median of the {window} points before ({median}), and is back after {points} points. Such jumps: {count}.</source>
        <translation>损失在第 {step} 步跃升至 {loss}，是此前 {window} 个点中位数（{median}）的 {factor} 倍，{points} 个点后恢复。此类跃升次数：{count}。</translation>
    </message>
    <message>
        <source>heuristic: twice the median of the points before</source>
        <translation>经验法则：此前各点中位数的两倍</translation>
    </message>
    <message>
        <source>Look at the samples of that step; one bad sample does this.</source>
        <translation>查看该步的样本；一个坏样本就会造成这种情况。</translation>
    </message>
    <message>
        <source>The loss jumps to {loss} at step {step}, {factor} times the median of the {window} points before ({median}), and does not come back. Such jumps: {count}.</source>
        <translation>损失在第 {step} 步跃升至 {loss}，是此前 {window} 个点中位数（{median}）的 {factor} 倍，之后没有恢复。此类跃升次数：{count}。</translation>
    </message>
    <message>
        <source>heuristic: twice the median of the points before, never within a fifth of it again</source>
        <translation>经验法则：达到此前各点中位数的两倍，且此后再未回到与其相差五分之一以内</translation>
    </message>
    <message>
        <source>Go back to the checkpoint before it, leave out the rows of that step, lower the learning rate.</source>
        <translation>回到此前的检查点，去掉该步的行，降低学习率。</translation>
    </message>
    <message>
        <source>The loss was {least} at step {step} and ends at {end}.</source>
        <translation>损失在第 {step} 步为 {least}，结束时为 {end}。</translation>
    </message>
    <message>
        <source>mean of the last ten points above {factor} times the lowest mean of ten</source>
        <translation>最后十个点的平均值高于最低十点平均值的 {factor} 倍</translation>
    </message>
    <message>
        <source>Use the checkpoint nearest to that step; lower the learning rate or raise the warm-up.</source>
        <translation>使用离该步最近的检查点；降低学习率或延长预热。</translation>
    </message>
    <message>
        <source>The loss does not fall: {first} at the beginning, {last} at the end.</source>
        <translation>损失没有下降：开始时 {first}，结束时 {last}。</translation>
    </message>
    <message>
        <source>means of the first and last {window} points, less than 2 % apart</source>
        <translation>最初与最后 {window} 个点的平均值相差不到 2 %</translation>
    </message>
    <message>
        <source>Check the learning rate and which tokens are trained; then try 2 to 5 times the rate.</source>
        <translation>检查学习率以及哪些词元参与训练；然后试用 2 至 5 倍的学习率。</translation>
    </message>
    <message>
        <source>The loss stays near {last} from step {step} on (there {middle}).</source>
        <translation>损失从第 {step} 步（当时为 {middle}）起一直停在 {last} 附近。</translation>
    </message>
    <message>
        <source>heuristic: the second half changes it by less than {share}, above 1 nat</source>
        <translation>经验法则：后半程的变化小于 {share}，且高于 1 nat</translation>
    </message>
    <message>
        <source>Try 2 to 5 times the learning rate; check masks and weight decay.</source>
        <translation>试用 2 至 5 倍的学习率；检查掩码和权重衰减。</translation>
    </message>
    <message>
        <source>The training loss ends at {loss}: the rows are nearly known by heart.</source>
        <translation>训练损失结束时为 {loss}：这些行几乎已被背熟。</translation>
    </message>
    <message>
        <source>heuristic: mean of the last {window} points below {limit} nats</source>
        <translation>经验法则：最后 {window} 个点的平均值低于 {limit} nats</translation>
    </message>
    <message>
        <source>Judge on held-out rows and paraphrases; fewer epochs or a lower rate.</source>
        <translation>以留出的行和改写的提问来判断；减少轮数或降低学习率。</translation>
    </message>
    <message>
        <source>The loss steps down where an epoch begins: from {before} to {after} at step {step}, epoch {epoch} ({steps} of {boundaries} boundaries). These rows have been seen before: this is memorising, not a fault.</source>
        <translation>损失在轮次交界处骤降：在第 {step} 步、第 {epoch} 轮从 {before} 降到 {after}（{boundaries} 处交界中有 {steps} 处）。这些行此前已经见过：这是记忆，不是故障。</translation>
    </message>
    <message>
        <source>{window} points on each side; the drop {drop} is above 5 %, above three standard errors, and above the trend inside the epoch</source>
        <translation>两侧各取 {window} 个点；降幅 {drop} 超过 5 %、超过三倍标准误，也超过轮内的趋势</translation>
    </message>
    <message>
        <source>Judge on the evaluation loss; fewer epochs or a lower rate if that rises.</source>
        <translation>以评估损失来判断；若其上升，减少轮数或降低学习率。</translation>
    </message>
    <message>
        <source>Evaluation was best at step {step} ({best}) and ends at {last}, while the training loss goes on falling ({train_then} to {train_now}): over-fit.</source>
        <translation>评估损失在第 {step} 步最好（{best}），结束时为 {last}，而训练损失继续下降（{train_then} 到 {train_now}）：过拟合。</translation>
    </message>
    <message>
        <source>{count} evaluations; the last at least 2 % and 0.01 nats above the lowest</source>
        <translation>{count} 次评估；最后一次比最低值至少高 2 % 和 0.01 nats</translation>
    </message>
    <message>
        <source>Use the checkpoint nearest to that step; fewer epochs, a lower rate or a smaller rank.</source>
        <translation>使用离该步最近的检查点；减少轮数、降低学习率或减小 LoRA 的秩。</translation>
    </message>
    <message>
        <source>Evaluation was best at step {step} ({best}) and ends at {last}; the training loss does not fall either.</source>
        <translation>评估损失在第 {step} 步最好（{best}），结束时为 {last}；训练损失也没有下降。</translation>
    </message>
    <message>
        <source>Use the checkpoint nearest to that step; lower the learning rate.</source>
        <translation>使用离该步最近的检查点；降低学习率。</translation>
    </message>
    <message>
        <source>Held out, {set} was best at step {step} ({best}) and ends at {last}; {rising} of {sets} sets get worse.</source>
        <translation>留出集 {set} 在第 {step} 步最好（{best}），结束时为 {last}；{sets} 个集合中有 {rising} 个变差。</translation>
    </message>
    <message>
        <source>the last evaluation at least 10 % and 0.05 nats above the lowest; three evaluations or more</source>
        <translation>最后一次评估比最低值至少高 10 % 和 0.05 nats；至少三次评估</translation>
    </message>
    <message>
        <source>What the training does not hold is being forgotten: mix in rows of that kind, or use an earlier checkpoint.</source>
        <translation>训练中没有的内容正在被遗忘：混入这类行，或使用更早的检查点。</translation>
    </message>
    <message>
        <source>Evaluation and training loss are the same number at {same} of {count} evaluations.</source>
        <translation>{count} 次评估中有 {same} 次，评估损失与训练损失是同一个数。</translation>
    </message>
    <message>
        <source>equal to one part in a million at the same step, at least half of the evaluations</source>
        <translation>同一步上相差不超过百万分之一，且至少占评估次数的一半</translation>
    </message>
    <message>
        <source>The held-out set is the training set, or one number was logged twice: check the script.</source>
        <translation>留出集就是训练集，或同一个数被记录了两次：检查脚本。</translation>
    </message>
    <message>
        <source>The learning rate is 0 throughout: nothing is learnt.</source>
        <translation>学习率始终为 0：什么也学不到。</translation>
    </message>
    <message>
        <source>no value above 0</source>
        <translation>没有大于 0 的值</translation>
    </message>
    <message>
        <source>Check schedule and learning rate.</source>
        <translation>检查学习率调度和学习率。</translation>
    </message>
    <message>
        <source>The learning rate starts at {first} (step {step}; its largest is {largest}): there is no warm-up.</source>
        <translation>学习率从 {first} 开始（第 {step} 步；最大值为 {largest}）：没有预热。</translation>
    </message>
    <message>
        <source>the first logged rate is at least 90 % of the largest</source>
        <translation>首个记录的学习率至少为最大值的 90 %</translation>
    </message>
    <message>
        <source>A few percent of the steps as warm-up prevent an early jump of the loss.</source>
        <translation>用总步数的百分之几做预热，可避免损失在初期突然跳升。</translation>
    </message>
    <message>
        <source>The gradient norm is {value} at all {points} points.</source>
        <translation>全部 {points} 个点的梯度范数都是 {value}。</translation>
    </message>
    <message>
        <source>every value equal</source>
        <translation>所有值相等</translation>
    </message>
    <message>
        <source>A norm that never moves was not measured, or the gradients are not real: check the trainer.</source>
        <translation>从不变化的范数要么没有测量，要么梯度不是真的：请检查训练程序。</translation>
    </message>
    <message>
        <source>The gradient norm is above {limit} at {count} of {points} points (most: {most} at step {step}).</source>
        <translation>{points} 个点中有 {count} 个的梯度范数高于 {limit}（最大：{most}，第 {step} 步）。</translation>
    </message>
    <message>
        <source>heuristic: 0.1 to 10 is usual, above 100 unstable</source>
        <translation>经验法则：通常为 0.1 到 10，高于 100 则不稳定</translation>
    </message>
    <message>
        <source>Lower the learning rate or look at the rows of those steps; clipping hides it.</source>
        <translation>降低学习率，或查看这些步的数据行；梯度裁剪只会掩盖问题。</translation>
    </message>
    <message>
        <source>{channel} gets worse: {first} in the first third, {last} in the last, while the whole falls ({total_first} to {total_last}).</source>
        <translation>{channel} 变差：前三分之一为 {first}，后三分之一为 {last}，而整体下降（{total_first} 到 {total_last}）。</translation>
    </message>
    <message>
        <source>means of thirds of {points} points; more than three standard errors and 2 %</source>
        <translation>{points} 个点按三等分取均值；相差超过三个标准误且超过 2 %</translation>
    </message>
    <message>
        <source>Other channels overwrite it: give it more weight or more rows, or leave the others less.</source>
        <translation>其他通道覆盖了它：提高它的权重或增加它的数据行，或者减少其他通道。</translation>
    </message>
    <message>
        <source>{channel} does not fall: {first} in the first third, {last} in the last, while the whole falls ({total_first} to {total_last}).</source>
        <translation>{channel} 没有下降：前三分之一为 {first}，后三分之一为 {last}，而整体下降（{total_first} 到 {total_last}）。</translation>
    </message>
    <message>
        <source>means of thirds of {points} points; less than 2 % apart, above 0.5 nats</source>
        <translation>{points} 个点按三等分取均值；相差不到 2 %，且高于 0.5 nat</translation>
    </message>
    <message>
        <source>Too few rows, or too hard for a model of this size: look at its rows with the highest loss.</source>
        <translation>数据行太少，或对这种规模的模型太难：查看其中损失最高的数据行。</translation>
    </message>
    <message>
        <source>The log goes back to step {step}: {count} points stand for steps that were done twice.</source>
        <translation>日志退回到第 {step} 步：有 {count} 个点对应的步做了两遍。</translation>
    </message>
    <message>
        <source>a step below one logged before</source>
        <translation>某一步小于之前已记录的步</translation>
    </message>
    <message>
        <source>The run was resumed from an older checkpoint; curves by time show both passes.</source>
        <translation>运行是从较早的检查点继续的；按时间绘制的曲线会显示两遍。</translation>
    </message>
    <message>
        <source>The log ends at step {step} of {total}.</source>
        <translation>日志在第 {step} 步结束，共 {total} 步。</translation>
    </message>
    <message>
        <source>the last step is below 98 % of the plan</source>
        <translation>最后一步不到计划的 98 %</translation>
    </message>
    <message>
        <source>The run was stopped, or this is a copy made while it ran.</source>
        <translation>运行被停止，或者这是运行期间制作的副本。</translation>
    </message>
</context>
<context>
    <name>parameters</name>
    <message>
        <source>Format version</source>
        <translation>格式版本</translation>
    </message>
    <message>
        <source>Version of this file&apos;s format. The program refuses one that it does not know.</source>
        <translation>此文件格式的版本。程序拒绝它不认识的版本。</translation>
    </message>
    <message>
        <source>1</source>
        <translation>1</translation>
    </message>
    <message>
        <source>Kind of run</source>
        <translation>运行类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What people call this run; it changes nothing else. Empty: made of the kind and the time.</source>
        <translation>此运行的称呼，不影响其他任何内容。留空：由类型和时间组成。</translation>
    </message>
    <message>
        <source>any text</source>
        <translation>任意文本</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Where the weights come from: a model folder (path), or a random start (shape and tokenizer).</source>
        <translation>权重的来源：模型文件夹（路径），或随机初始化（形状和分词器）。</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>A Hugging Face folder with config.json and model.safetensors to start from. Empty for a random start.</source>
        <translation>作为起点的 Hugging Face 文件夹，含 config.json 和 model.safetensors。随机初始化时留空。</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>一个文件夹</translation>
    </message>
    <message>
        <source>Shape of a new model</source>
        <translation>新模型的结构</translation>
    </message>
    <message>
        <source>Size of a Llama-style model that starts from random weights; null when model.path is given.</source>
        <translation>从随机权重开始的 Llama 式模型的规模；给出 model.path 时为 null。</translation>
    </message>
    <message>
        <source>null, or all of the keys inside</source>
        <translation>null，或包含其中的所有键</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏层大小</translation>
    </message>
    <message>
        <source>Width of the vectors that pass from layer to layer, in numbers a token. Parameters and time grow with its square. A multiple of heads.</source>
        <translation>层与层之间传递的向量宽度，以每个词元的数值个数计。参数量和时间随其平方增长。须为 heads 的倍数。</translation>
    </message>
    <message>
        <source>64-512 for experiments on a CPU; 2048-8192 in large models</source>
        <translation>在 CPU 上做实验用 64-512；大模型用 2048-8192</translation>
    </message>
    <message>
        <source>Feed-forward size</source>
        <translation>前馈层大小</translation>
    </message>
    <message>
        <source>Width inside the feed-forward block of each layer, in numbers a token.</source>
        <translation>每层前馈块内部的宽度，以每个词元的数值个数计。</translation>
    </message>
    <message>
        <source>8/3 of hidden_size, rounded up</source>
        <translation>hidden_size 的 8/3，向上取整</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>How many blocks follow one another. Parameters and time grow in proportion.</source>
        <translation>依次相连的块数。参数量和时间成比例增长。</translation>
    </message>
    <message>
        <source>2-12 for experiments on a CPU; 16-80 in large models</source>
        <translation>在 CPU 上做实验用 2-12；大模型用 16-80</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>Into how many heads the attention is split; each is hidden_size / heads wide, which must be even.</source>
        <translation>注意力分成多少个头；每个头宽 hidden_size / heads，须为偶数。</translation>
    </message>
    <message>
        <source>heads of 32-128 numbers</source>
        <translation>每个头 32-128 个数值</translation>
    </message>
    <message>
        <source>Key/value heads</source>
        <translation>键/值头</translation>
    </message>
    <message>
        <source>Heads that hold keys and values. Fewer than heads saves cache memory: groups of heads then share one (grouped-query attention). Must divide heads.</source>
        <translation>保存键和值的头数。少于 heads 可节省缓存内存：一组头共用一个（分组查询注意力）。须能整除 heads。</translation>
    </message>
    <message>
        <source>heads, or heads / 2 to heads / 8</source>
        <translation>heads，或 heads / 2 到 heads / 8</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>The most tokens the model may ever see in one sequence; data.max_length may not be larger.</source>
        <translation>模型在一个序列中最多能看到的词元数；data.max_length 不得大于它。</translation>
    </message>
    <message>
        <source>256-4096 for experiments</source>
        <translation>做实验用 256-4096</translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation>共享嵌入</translation>
    </message>
    <message>
        <source>Whether input and output share one table of token vectors. Saves vocabulary x hidden_size parameters, which is most of a small model.</source>
        <translation>输入和输出是否共用一张词元向量表。可节省 词表大小 x hidden_size 个参数，这在小模型中占大部分。</translation>
    </message>
    <message>
        <source>true for small models, false for large ones</source>
        <translation>小模型用 true，大模型用 false</translation>
    </message>
    <message>
        <source>Rotary base</source>
        <translation>旋转位置基数</translation>
    </message>
    <message>
        <source>Base of the rotary position angles. A larger one tells distant positions apart better in long contexts.</source>
        <translation>旋转位置编码角度的基数。基数越大，在长上下文中越能区分相距较远的位置。</translation>
    </message>
    <message>
        <source>10000; 500000 for long contexts</source>
        <translation>10000；长上下文用 500000</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>归一化 epsilon</translation>
    </message>
    <message>
        <source>Added under the root in RMS normalisation, against division by zero.</source>
        <translation>在 RMS 归一化的根号内加上的数，防止除以零。</translation>
    </message>
    <message>
        <source>1e-6 to 1e-5</source>
        <translation>1e-6 到 1e-5</translation>
    </message>
    <message>
        <source>Initial spread</source>
        <translation>初始离散度</translation>
    </message>
    <message>
        <source>Standard deviation of the normal distribution from which random weights are drawn.</source>
        <translation>抽取随机权重所用正态分布的标准差。</translation>
    </message>
    <message>
        <source>0.02</source>
        <translation>0.02</translation>
    </message>
    <message>
        <source>Tokenizer of a new model</source>
        <translation>新模型的分词器</translation>
    </message>
    <message>
        <source>A folder with a tokenizer (tokenizer.json, tokenizer.model and other kinds) for a random start; the trained model&apos;s folder gets a copy. Empty when model.path is given, whose own tokenizer is used.</source>
        <translation>随机初始化时所用分词器的文件夹（tokenizer.json、tokenizer.model 等）；训练所得模型的文件夹中会有一份副本。给出 model.path 时留空，使用该模型自己的分词器。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>What is learnt from. Exactly one of project, files and tokenized is given. The rows are copied into the job folder, so that the run can be repeated.</source>
        <translation>学习的内容。project、files 和 tokenized 中只给出一个。数据行会复制到任务文件夹，以便重复此运行。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>A project folder (NAME.assay) whose samples are learnt.</source>
        <translation>项目文件夹（NAME.assay），学习其中的样本。</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Which samples of the project: the name of a saved view, or a filter as JSON text such as {&quot;channels&quot;:[&quot;capitals&quot;]}. Samples that were rejected are left out unless the view asks for them. Empty takes all others.</source>
        <translation>项目中的哪些样本：已保存视图的名称，或 JSON 文本形式的筛选，例如 {&quot;channels&quot;:[&quot;capitals&quot;]}。除非视图要求，否则不含被拒绝的样本。留空则取其余全部样本。</translation>
    </message>
    <message>
        <source>empty, a name, or a filter</source>
        <translation>留空、名称或筛选</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Data files in any format that can be imported (Alpaca, ShareGPT, OpenAI messages, CSV, TSV); for pre-training plain text, where an empty line ends a document, or rows with a text.</source>
        <translation>任何可导入格式的数据文件（Alpaca、ShareGPT、OpenAI messages、CSV、TSV）；预训练时为纯文本（空行表示文档结束），或带文本的数据行。</translation>
    </message>
    <message>
        <source>a list of files</source>
        <translation>文件列表</translation>
    </message>
    <message>
        <source>Tokenised file</source>
        <translation>已分词文件</translation>
    </message>
    <message>
        <source>A JSONL file whose lines are {&quot;ids&quot;:[..],&quot;labels&quot;:[..]}, labels -100 where nothing is to be learnt. Without labels every token is learnt.</source>
        <translation>JSONL 文件，每行为 {&quot;ids&quot;:[..],&quot;labels&quot;:[..]}，不学习的位置标签为 -100。没有标签时学习每个词元。</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>一个文件</translation>
    </message>
    <message>
        <source>Held-out part</source>
        <translation>留出部分</translation>
    </message>
    <message>
        <source>Rows that are kept apart for evaluation and never trained: below 1 a share of all rows, from 1 on a number of rows. 0: no evaluation loss.</source>
        <translation>留作评估、从不参与训练的数据行：小于 1 时为占全部数据行的比例，从 1 起为行数。0：没有评估损失。</translation>
    </message>
    <message>
        <source>0.01-0.1</source>
        <translation>0.01-0.1</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>&quot;shuffle&quot; mixes the rows anew for every epoch, by the seed; &quot;file&quot; keeps their order.</source>
        <translation>&quot;shuffle&quot; 在每一轮按种子重新打乱数据行；&quot;file&quot; 保持原有顺序。</translation>
    </message>
    <message>
        <source>shuffle</source>
        <translation>shuffle</translation>
    </message>
    <message>
        <source>Longest sequence</source>
        <translation>最长序列</translation>
    </message>
    <message>
        <source>Most tokens of one row, template included. Longer rows are treated as overlong says. Memory and time grow with it.</source>
        <translation>一行数据最多的词元数，含模板。更长的行按 overlong 的设置处理。内存和时间随之增长。</translation>
    </message>
    <message>
        <source>at least the 99th percentile of the rows&apos; lengths</source>
        <translation>至少为数据行长度的第 99 百分位数</translation>
    </message>
    <message>
        <source>Overlong rows</source>
        <translation>超长数据行</translation>
    </message>
    <message>
        <source>What happens to rows above max_length: &quot;truncate&quot; cuts their end (counted, with the answer tokens lost), &quot;drop&quot; leaves them out (counted), &quot;raise&quot; ends the run with the rows&apos; ids.</source>
        <translation>如何处理超过 max_length 的行：&quot;truncate&quot; 截去末尾（计数，并统计丢失的答案词元），&quot;drop&quot; 舍弃（计数），&quot;raise&quot; 结束运行并列出这些行的 id。</translation>
    </message>
    <message>
        <source>truncate, drop, raise</source>
        <translation>truncate, drop, raise</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Puts several short rows into one sequence, each blind to the others and with positions of its own, so that no time goes into padding. The result is the same as without; steps become fewer and larger.</source>
        <translation>把多个短行放进一个序列，各行互不可见，并有各自的位置，从而不在填充上浪费时间。结果与不打包时相同；步数更少，每步更大。</translation>
    </message>
    <message>
        <source>true</source>
        <translation>true</translation>
    </message>
    <message>
        <source>Learn prompts too</source>
        <translation>也学习提示</translation>
    </message>
    <message>
        <source>Takes the loss on every token of a conversation, not only on the answers. Teaches the model to write questions as well.</source>
        <translation>对对话中的每个词元计算损失，而不只是答案。这样模型也会学着写提问。</translation>
    </message>
    <message>
        <source>false</source>
        <translation>false</translation>
    </message>
    <message>
        <source>Rows without answer tokens</source>
        <translation>没有答案词元的数据行</translation>
    </message>
    <message>
        <source>What happens to rows in which no token is left to learn after template and truncation: &quot;raise&quot; ends the run with the rows&apos; ids, &quot;skip&quot; leaves them out, counted.</source>
        <translation>如何处理套用模板并截断后没有词元可学的行：&quot;raise&quot; 结束运行并列出这些行的 id，&quot;skip&quot; 舍弃并计数。</translation>
    </message>
    <message>
        <source>raise</source>
        <translation>raise</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>How messages become text. Training, chat and scoring must use the same one, so it is stored with the trained model. Empty takes the one stored with the model folder.</source>
        <translation>消息如何变成文本。训练、对话和评分必须使用同一个模板，因此它随训练后的模型一起保存。留空则使用模型文件夹中保存的模板。</translation>
    </message>
    <message>
        <source>chatml, llama-2, alpaca, plain</source>
        <translation>chatml, llama-2, alpaca, plain</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>AdamW: how a gradient becomes a change of the weights.</source>
        <translation>AdamW：梯度如何变成权重的改动。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Size of a step at its highest. The most important number: too high and the loss jumps or turns to NaN, too low and nothing is learnt in the time given.</source>
        <translation>步长的最高值。最重要的数值：太高时损失会跳升或变成 NaN，太低时在给定时间内什么也学不到。</translation>
    </message>
    <message>
        <source>1e-5 to 5e-5 to fine-tune all weights up to 13B parameters; 1e-4 to 3e-3 for models of a few million or from random weights</source>
        <translation>对不超过 13B 参数的模型做全参数微调用 1e-5 到 5e-5；对几百万参数或从随机权重开始的模型用 1e-4 到 3e-3</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>How the rate goes on after the warm-up: &quot;constant&quot; stays, &quot;linear&quot; and &quot;cosine&quot; fall to min_learning_rate_ratio at the last step.</source>
        <translation>预热之后学习率如何变化：&quot;constant&quot; 保持不变，&quot;linear&quot; 和 &quot;cosine&quot; 在最后一步降到 min_learning_rate_ratio。</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>cosine</translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation>预热比例</translation>
    </message>
    <message>
        <source>Share of all steps over which the rate rises from 0, while the optimiser&apos;s averages settle. Ignored when warmup_steps is 0 or more.</source>
        <translation>学习率从 0 上升的步数占总步数的比例，其间优化器的平均值趋于稳定。warmup_steps 为 0 或更大时忽略此项。</translation>
    </message>
    <message>
        <source>0.03-0.1</source>
        <translation>0.03-0.1</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>The same as a number of steps; -1 lets warmup_ratio decide.</source>
        <translation>同上，以步数表示；-1 表示由 warmup_ratio 决定。</translation>
    </message>
    <message>
        <source>-1, or 10-2000</source>
        <translation>-1，或 10-2000</translation>
    </message>
    <message>
        <source>Final rate</source>
        <translation>最终学习率</translation>
    </message>
    <message>
        <source>The schedule ends at this share of learning_rate.</source>
        <translation>调度结束时占 learning_rate 的比例。</translation>
    </message>
    <message>
        <source>0 to 0.1</source>
        <translation>0 到 0.1</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>How slowly the average of gradients forgets; closer to 1 is slower.</source>
        <translation>梯度平均值遗忘的快慢；越接近 1 越慢。</translation>
    </message>
    <message>
        <source>0.9</source>
        <translation>0.9</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>How slowly the average of squared gradients forgets. Lower reacts faster to a sudden change.</source>
        <translation>梯度平方平均值遗忘的快慢。值越低，对突然变化的反应越快。</translation>
    </message>
    <message>
        <source>0.95-0.999</source>
        <translation>0.95-0.999</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Added to the divisor of a step, against division by zero.</source>
        <translation>加在步长除数上的数，防止除以零。</translation>
    </message>
    <message>
        <source>1e-8</source>
        <translation>1e-8</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls weights towards zero at every step, in proportion to the rate. Only on matrices; norms and biases are left alone.</source>
        <translation>每一步把权重拉向零，与学习率成比例。只作用于矩阵；归一化参数和偏置不受影响。</translation>
    </message>
    <message>
        <source>0-0.1</source>
        <translation>0-0.1</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Gradients whose norm over all parameters is larger are scaled down to it, so that one bad batch does not undo the training. 0: no clipping.</source>
        <translation>全部参数的梯度范数超过此值时，梯度按比例缩小到此值，以免一个坏批次毁掉训练。0：不裁剪。</translation>
    </message>
    <message>
        <source>1.0</source>
        <translation>1.0</translation>
    </message>
    <message>
        <source>Amount of training</source>
        <translation>训练量</translation>
    </message>
    <message>
        <source>How long is trained, and how much goes into one step.</source>
        <translation>训练多久，以及每一步包含多少数据。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often every row is seen; may be a fraction. More memorise rather than teach: the training loss falls in steps at each epoch&apos;s start while the evaluation loss turns up.</source>
        <translation>每行数据被看到的次数；可以是小数。次数过多会变成死记而非学习：训练损失在每一轮开始时阶梯式下降，而评估损失转而上升。</translation>
    </message>
    <message>
        <source>1-3 for fine-tuning; up to 4 passes over the same text in pre-training</source>
        <translation>微调用 1-3；预训练时同一文本最多 4 遍</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Ends after so many steps in place of epochs; -1 lets epochs decide.</source>
        <translation>不按轮数，而在这么多步后结束；-1 表示由 epochs 决定。</translation>
    </message>
    <message>
        <source>-1, or a number</source>
        <translation>-1，或一个数</translation>
    </message>
    <message>
        <source>Tokens a micro-batch</source>
        <translation>每个微批次的词元数</translation>
    </message>
    <message>
        <source>With packing: how many tokens are computed at once. Decides the memory; at least data.max_length.</source>
        <translation>打包时：一次计算多少个词元。决定内存用量；至少为 data.max_length。</translation>
    </message>
    <message>
        <source>1024-8192 on a CPU</source>
        <translation>在 CPU 上用 1024-8192</translation>
    </message>
    <message>
        <source>Rows a micro-batch</source>
        <translation>每个微批次的行数</translation>
    </message>
    <message>
        <source>Without packing: how many rows are computed at once.</source>
        <translation>不打包时：一次计算多少行。</translation>
    </message>
    <message>
        <source>1-16</source>
        <translation>1-16</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>累积</translation>
    </message>
    <message>
        <source>How many micro-batches make one step. The loss is divided by the trained tokens of the whole step, so a step is the same however it is split.</source>
        <translation>多少个微批次组成一步。损失除以整步的训练词元数，因此无论怎样拆分，一步的结果都相同。</translation>
    </message>
    <message>
        <source>so that a step has 32-128 rows</source>
        <translation>使一步包含 32-128 行</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>What is measured while training, on rows that are never trained.</source>
        <translation>训练期间在从不参与训练的数据行上测量的内容。</translation>
    </message>
    <message>
        <source>Every so many steps</source>
        <translation>步数间隔</translation>
    </message>
    <message>
        <source>Evaluates after so many steps; 0: at each epoch&apos;s end.</source>
        <translation>每隔这么多步评估一次；0：在每一轮结束时评估。</translation>
    </message>
    <message>
        <source>0, or 50-500</source>
        <translation>0，或 50-500</translation>
    </message>
    <message>
        <source>Probe prompts</source>
        <translation>探测提示</translation>
    </message>
    <message>
        <source>How many held-out prompts are answered, greedily, at each evaluation, to be read side by side.</source>
        <translation>每次评估时用贪心方式回答多少个留出提示，供并排阅读。</translation>
    </message>
    <message>
        <source>0-16</source>
        <translation>0-16</translation>
    </message>
    <message>
        <source>Probe length</source>
        <translation>探测长度</translation>
    </message>
    <message>
        <source>Most tokens of one such answer.</source>
        <translation>每个此类答案最多的词元数。</translation>
    </message>
    <message>
        <source>32-128</source>
        <translation>32-128</translation>
    </message>
    <message>
        <source>Probe rows</source>
        <translation>探测行</translation>
    </message>
    <message>
        <source>Fixed training rows whose loss is taken before training and at each epoch&apos;s end, all with the same weights: the losses noted while training come from weights that move.</source>
        <translation>固定的训练行，在训练前和每一轮结束时测量其损失，且全部使用相同的权重：训练中记录的损失来自不断变化的权重。</translation>
    </message>
    <message>
        <source>32-256</source>
        <translation>32-256</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Ends the run after so many evaluations in a row without a better evaluation loss; 0: never.</source>
        <translation>连续这么多次评估都没有更好的评估损失时结束运行；0：从不。</translation>
    </message>
    <message>
        <source>0, or 2-5</source>
        <translation>0，或 2-5</translation>
    </message>
    <message>
        <source>Least improvement</source>
        <translation>最小改进</translation>
    </message>
    <message>
        <source>By how much the evaluation loss must fall to count as better, in nats a token.</source>
        <translation>评估损失至少要下降多少才算更好，以每词元 nat 计。</translation>
    </message>
    <message>
        <source>0-0.01</source>
        <translation>0-0.01</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Whole states of the run, from which it goes on bit for bit.</source>
        <translation>运行的完整状态，可从中逐位一致地继续。</translation>
    </message>
    <message>
        <source>Writes a checkpoint after so many steps; 0: at each epoch&apos;s end. Work since the last one is lost when the machine fails.</source>
        <translation>每隔这么多步写入一个检查点；0：在每一轮结束时写入。机器故障时，最后一个检查点之后的工作会丢失。</translation>
    </message>
    <message>
        <source>0, or what takes 5-30 minutes</source>
        <translation>0，或相当于 5-30 分钟的步数</translation>
    </message>
    <message>
        <source>Kept checkpoints</source>
        <translation>保留的检查点</translation>
    </message>
    <message>
        <source>How many of the newest are kept; the best by evaluation loss is kept besides. In fp32 each takes about 12 bytes a parameter.</source>
        <translation>保留最新的多少个；评估损失最好的另外保留。在 fp32 下，每个检查点约占每参数 12 字节。</translation>
    </message>
    <message>
        <source>1-5</source>
        <translation>1-5</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>数值格式</translation>
    </message>
    <message>
        <source>&quot;f32&quot; computes in 32 bits; &quot;bf16&quot; computes in 16 bits with 32-bit master weights, faster where the processor has units for it. A spike that does not recover can come from bf16.</source>
        <translation>&quot;f32&quot; 以 32 位计算；&quot;bf16&quot; 以 16 位计算，主权重为 32 位，在处理器有相应单元时更快。无法恢复的尖峰可能由 bf16 引起。</translation>
    </message>
    <message>
        <source>f32 for small models, bf16 for large ones</source>
        <translation>小模型用 f32，大模型用 bf16</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Start of all random choices: initial weights, order, held-out rows. The same seed, data, program, processor and thread count give the same run bit for bit.</source>
        <translation>所有随机选择的起点：初始权重、顺序、留出行。种子、数据、程序、处理器和线程数相同时，运行结果逐位一致。</translation>
    </message>
    <message>
        <source>any whole number</source>
        <translation>任意整数</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Processor threads to compute with; 0: all.</source>
        <translation>用于计算的处理器线程数；0：全部。</translation>
    </message>
    <message>
        <source>0</source>
        <translation>0</translation>
    </message>
    <message>
        <source>On NaN</source>
        <translation>遇到 NaN 时</translation>
    </message>
    <message>
        <source>What a loss or gradient that is NaN or infinite does: &quot;stop&quot; ends the run with the step named, &quot;skip&quot; leaves the step out, counted.</source>
        <translation>损失或梯度为 NaN 或无穷大时如何处理：&quot;stop&quot; 结束运行并指出该步，&quot;skip&quot; 跳过该步并计数。</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>stop</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>A small addition to a model that stays as it is: two thin matrices beside each chosen map are trained in place of all weights. Takes far less memory, and the result is a small folder that belongs to its model.</source>
        <translation>给一个保持不变的模型加上的小部分：在每个选定的线性映射旁训练两个窄矩阵，而不是训练全部权重。占用内存少得多，结果是一个附属于该模型的小文件夹。</translation>
    </message>
    <message>
        <source>Kind of adapter</source>
        <translation>适配器类型</translation>
    </message>
    <message>
        <source>&quot;none&quot; trains the model&apos;s own weights. &quot;lora&quot; adds a low-rank product scaled by alpha / rank, &quot;rslora&quot; by alpha / sqrt(rank), which keeps large ranks learning; &quot;dora&quot; also learns a length for each row of the weight, at about the price of one more product.</source>
        <translation>“none”训练模型自身的权重。“lora”加上按 alpha / rank 缩放的低秩乘积；“rslora”按 alpha / sqrt(rank) 缩放，使大的秩也能学到东西；“dora”还为权重的每一行学习一个长度，代价约为多做一次乘积。</translation>
    </message>
    <message>
        <source>none, lora, rslora, dora</source>
        <translation>none、lora、rslora、dora</translation>
    </message>
    <message>
        <source>Go on from an adapter</source>
        <translation>从已有适配器继续</translation>
    </message>
    <message>
        <source>An adapter&apos;s folder (PEFT) to train on. Its kind, rank, alpha and targets are kept; those given here are not used then. Empty starts a new one.</source>
        <translation>要继续训练的适配器文件夹（PEFT 格式）。沿用它的类型、秩、alpha 和目标，此处给出的不再使用。留空则新建。</translation>
    </message>
    <message>
        <source>empty, or a folder</source>
        <translation>留空，或一个文件夹</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Width of the two matrices: how much the adapter can hold. Parameters and memory grow with it; small data needs little.</source>
        <translation>两个矩阵的宽度，即适配器能容纳多少内容。参数量和内存随之增长；数据少则不需要大。</translation>
    </message>
    <message>
        <source>8-32; 64-256 for large data</source>
        <translation>8-32；数据多时 64-256</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Scale of what the adapter adds: alpha / rank (rslora: alpha / sqrt(rank)). Doubling it acts much like doubling the learning rate.</source>
        <translation>适配器所加部分的缩放：alpha / rank（rslora：alpha / sqrt(rank)）。加倍的效果与学习率加倍相近。</translation>
    </message>
    <message>
        <source>rank to 2 x rank</source>
        <translation>秩到秩的 2 倍</translation>
    </message>
    <message>
        <source>Adapter dropout</source>
        <translation>适配器 dropout</translation>
    </message>
    <message>
        <source>Share of a map&apos;s inputs that the adapter does not see at each training step, anew each time; against learning few rows by heart. The model itself sees all of them.</source>
        <translation>每个训练步中适配器看不到的输入比例，每次重新抽取；用来防止把少量样本死记硬背。模型本身能看到全部输入。</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目标模块</translation>
    </message>
    <message>
        <source>Which maps get an adapter: &quot;all-linear&quot; (every map of every layer, not the head), names or ends of names such as q_proj; v_proj, or re: and a regular expression for whole names.</source>
        <translation>哪些映射带适配器：“all-linear”（每层的每个映射，不含输出头），名称或名称结尾如 q_proj; v_proj，或以 re: 开头、匹配完整名称的正则表达式。</translation>
    </message>
    <message>
        <source>all-linear</source>
        <translation>all-linear</translation>
    </message>
    <message>
        <source>Also trained whole</source>
        <translation>整体训练的模块</translation>
    </message>
    <message>
        <source>Modules trained in full beside the adapter and stored with it: embed_tokens and lm_head, for new tokens or a new language.</source>
        <translation>与适配器一起完整训练并保存的模块：embed_tokens 和 lm_head，用于新词元或新语言。</translation>
    </message>
    <message>
        <source>empty; embed_tokens; lm_head</source>
        <translation>留空；embed_tokens；lm_head</translation>
    </message>
    <message>
        <source>Learn earlier answers too</source>
        <translation>也学习之前的回答</translation>
    </message>
    <message>
        <source>Takes the loss on every answer of a conversation. Off: on the last answer only; those before it are context, as in data where only the end was checked.</source>
        <translation>对对话中的每个回答计算损失。关闭时只对最后一个回答计算，之前的回答只作上下文，适用于只检查过结尾的数据。</translation>
    </message>
    <message>
        <source>Key of row weights</source>
        <translation>样本权重的键</translation>
    </message>
    <message>
        <source>Key of a row&apos;s own data (meta) that holds its weight in the loss: 2 counts its tokens twice, 0 leaves the row out. Rows without the key weigh 1. Messages may have weights of their own (weight, train_weight); both are multiplied.</source>
        <translation>样本自带数据（meta）中存放其损失权重的键：2 表示它的词元算两次，0 表示不用该样本。没有该键的样本权重为 1。消息可以有自己的权重（weight、train_weight），两者相乘。</translation>
    </message>
    <message>
        <source>empty, or a key such as weight</source>
        <translation>留空，或一个键，如 weight</translation>
    </message>
    <message>
        <source>Mix of channels</source>
        <translation>频道配比</translation>
    </message>
    <message>
        <source>How often rows of a channel are seen in an epoch: general=0.5 (half of them, others in the next epoch), hard=2 (each twice), replay=10% (so many of all rows of an epoch, repeated where there are too few). Channels that are not named are seen once. Mixing in general rows keeps a model from forgetting.</source>
        <translation>一个频道的样本在每轮中出现多少次：general=0.5（一半，下一轮用另一半），hard=2（每条两次），replay=10%（占每轮全部样本的这个比例，不够时重复）。未列出的频道各出现一次。混入通用数据可防止遗忘。</translation>
    </message>
    <message>
        <source>empty; replay of 1-10 %, up to 50 % for a strong shift</source>
        <translation>留空；回放 1-10 %，分布变化大时可到 50 %</translation>
    </message>
    <message>
        <source>Kept as it is</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Parts of the model that do not learn. They take no gradient and no optimiser state; the first layers also save time. For adapters the whole model is kept as it is anyway.</source>
        <translation>模型中不学习的部分。它们没有梯度，也没有优化器状态；冻结最前面的层还能节省时间。用适配器时整个模型本来就保持不变。</translation>
    </message>
    <message>
        <source>Keep embeddings</source>
        <translation>冻结词嵌入</translation>
    </message>
    <message>
        <source>Keeps the table of token vectors as it is, and the head where both are one table.</source>
        <translation>保持词元向量表不变；若它与输出头共用，则输出头也不变。</translation>
    </message>
    <message>
        <source>Keep first layers</source>
        <translation>冻结前几层</translation>
    </message>
    <message>
        <source>So many layers from the input on stay as they are. The backward pass ends there, where the embeddings are kept too.</source>
        <translation>从输入端起这么多层保持不变。若词嵌入也冻结，反向传播到此为止。</translation>
    </message>
    <message>
        <source>0, or up to half of the layers</source>
        <translation>0，或至多一半的层</translation>
    </message>
    <message>
        <source>Keep modules</source>
        <translation>冻结模块</translation>
    </message>
    <message>
        <source>Names or ends of names of modules that stay as they are in every layer, such as k_proj; v_proj or input_layernorm.</source>
        <translation>在每一层中保持不变的模块名称或其结尾，如 k_proj; v_proj 或 input_layernorm。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>留空</translation>
    </message>
    <message>
        <source>Embedding noise (NEFTune)</source>
        <translation>词嵌入噪声（NEFTune）</translation>
    </message>
    <message>
        <source>Adds uniform noise of alpha / sqrt(tokens x hidden_size) to the embeddings in training, which made short tuning runs answer at more length and repeat rows less. 0: none. Losses while training are those with noise.</source>
        <translation>训练时给词嵌入加上幅度为 alpha / sqrt(词元数 x hidden_size) 的均匀噪声，可使短训练后的回答更详细、更少照搬样本。0：不加。训练中的损失含噪声。</translation>
    </message>
    <message>
        <source>0; 5-15</source>
        <translation>0；5-15</translation>
    </message>
    <message>
        <source>Gradient checkpointing</source>
        <translation>梯度检查点</translation>
    </message>
    <message>
        <source>Keeps only the input of each layer and computes its inside again in the backward pass: the same numbers, far less memory, about a quarter to a third more time.</source>
        <translation>每层只保留输入，反向传播时重新计算层内部：数值相同，内存少得多，时间约多四分之一到三分之一。</translation>
    </message>
    <message>
        <source>false where it fits without</source>
        <translation>内存够用时为 false</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好</translation>
    </message>
    <message>
        <source>Learning from pairs of a better and a worse answer (kind dpo), against the model as it is at the start.</source>
        <translation>从较好与较差回答的成对数据中学习（类型 dpo），以训练开始时的模型为参照。</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>Beta</translation>
    </message>
    <message>
        <source>How tightly the model is held to what it was: larger stays closer. Multiplies the difference of log-probabilities.</source>
        <translation>把模型约束在原状附近的强度：越大越接近原状。与对数概率之差相乘。</translation>
    </message>
    <message>
        <source>0.1-0.5</source>
        <translation>0.1-0.5</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Share of pairs that are taken to be the wrong way round, where annotators disagree.</source>
        <translation>假定有多大比例的成对数据标反了，用于标注者意见不一时。</translation>
    </message>
    <message>
        <source>0-0.2</source>
        <translation>0-0.2</translation>
    </message>
    <message>
        <source>&quot;sft&quot; teaches a model to answer: the loss is taken on the answers of conversations. &quot;pretrain&quot; learns plain text: the loss is taken on every token. &quot;dpo&quot; learns from pairs of answers which of the two is better.</source>
        <translation>“sft”教模型回答：只在对话的回答上计算损失。“pretrain”学习纯文本：在每个词元上计算损失。“dpo”从成对的回答中学习哪个更好。</translation>
    </message>
    <message>
        <source>sft, pretrain, dpo</source>
        <translation>sft、pretrain、dpo</translation>
    </message>
</context>
</TS>
