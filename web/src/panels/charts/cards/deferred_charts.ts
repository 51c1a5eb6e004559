// Charts that are loaded after the first view.

export { complexity } from '../../../charts/complexity';
export { distances, lagEquality, mutualInformation } from '../../../charts/distances';
